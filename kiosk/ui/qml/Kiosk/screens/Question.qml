pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// One question, always yes, no, not sure from top to bottom. The answer keeps its tint until the page turns.
Shell {
    id: root

    required property QuestionViewModel vm
    property string tapped
    property string tappedCode
    readonly property string shown: tapped !== "" && tappedCode === vm.code ? tapped : vm.chosen

    function answer(status: string): void {
        if (turning.running)
            return;
        tapped = status;
        tappedCode = vm.code;
        turning.restart();
    }

    title: vm.title
    // The patient's own words before any explanation, where there is room for one of them.
    subtitle: Theme.largest && vm.problem !== "" ? "" : cramped && vm.said !== "" ? vm.said : [vm.said, vm.hint].filter(line => line !== "").join("\n")
    problem: vm.problem
    contentHeight: rows.height
    need: rows.height

    Timer {
        id: turning

        interval: Theme.motion.state
        onTriggered: root.vm.answer(root.tappedCode, root.tapped)
    }

    Picture {
        room: root.sideBySide ? (root.vm.problem !== "" ? 0 : parent.height - 460) : rows.y - Theme.sp.xl
        name: room < 240 ? "" : root.vm.icon === "" ? "question" : root.vm.icon
    }

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: root.cramped ? Theme.sp.s : Theme.sp.m

        Repeater {
            model: [
                {
                    status: "present",
                    icon: "check",
                    text: qsTr("Yes"),
                    hint: ""
                },
                {
                    status: "absent",
                    icon: "cross",
                    text: qsTr("No"),
                    hint: ""
                },
                {
                    status: "unsure",
                    icon: "question",
                    text: qsTr("Not sure"),
                    hint: root.sideBySide && Theme.big > 1 ? "" : qsTr("Not sure is fine too")
                }
            ]

            ChoiceRow {
                required property var modelData

                objectName: "answer_" + modelData.status
                heads: modelData.status === "present"
                width: parent?.width ?? 0
                minHeight: root.cramped ? Theme.target.row : root.sideBySide ? 140 : 164
                icon: modelData.icon
                text: modelData.text
                hint: modelData.hint
                look: root.shown === modelData.status ? "selected" : "rest"
                onClicked: root.answer(modelData.status)
            }
        }

        TalkBar {
            visible: root.vm.hasSpeech
            width: parent.width
            listening: root.vm.listening
            recognising: root.vm.recognising
            words: root.vm.liveWords
            rest: qsTr("Hold and say it")
            onBegin: root.vm.talkPressed()
            onTapped: root.vm.talkTapped()
            onFinish: root.vm.talkReleased()
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// How strong: eleven numbers or six faces, weakest first. The answer keeps its tint until the page turns.
Shell {
    id: root

    required property PainViewModel vm
    property int tapped: -3
    readonly property int shown: tapped > -3 ? tapped : vm.chosen

    function answer(score: int): void {
        if (turning.running)
            return;
        tapped = score;
        turning.restart();
    }

    title: vm.title
    subtitle: Theme.largest && vm.problem !== "" ? "" : vm.helper
    problem: vm.problem
    contentHeight: rows.height
    need: sideBySide ? Math.max(rows.height, sideLeast + otherScale.height) : rows.height

    Timer {
        id: turning

        interval: Theme.motion.state
        onTriggered: {
            root.vm.score(root.tapped);
            root.tapped = -3;
        }
    }

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Grid {
            id: scale

            width: parent.width
            // Faces and their words are as tall as the tallest of them.
            property real tallest: 0

            function measure(): void {
                let height = 0;
                for (let place = 0; place < tiles.count; place++)
                    height = Math.max(height, tiles.itemAt(place)?.implicitHeight ?? 0);
                tallest = height;
            }

            columns: root.vm.faces ? 3 : 6
            spacing: Theme.sp.s

            Repeater {
                id: tiles

                model: root.vm.tiles
                onCountChanged: scale.measure()

                ScoreKey {
                    required property var modelData

                    objectName: "score_" + modelData.score
                    width: (scale.width - (scale.columns - 1) * scale.spacing) / scale.columns
                    height: root.vm.faces ? Math.max(root.sideBySide ? 170 : 240, scale.tallest) : root.sideBySide ? 136 : 188
                    text: modelData.said
                    label: modelData.text
                    icon: modelData.icon
                    strength: modelData.score / 10
                    figure: root.vm.faces ? -1 : modelData.score
                    chosen: root.shown === modelData.score
                    onImplicitHeightChanged: scale.measure()
                    onClicked: root.answer(modelData.score)
                }
            }
        }

        ChoiceRow {
            objectName: "score_unknown"
            width: parent.width
            minHeight: Theme.target.row
            icon: "question"
            text: qsTr("I cannot say")
            look: root.shown === -1 ? "selected" : "rest"
            onClicked: root.answer(-1)
        }

        TalkBar {
            id: talk

            visible: root.vm.hasSpeech
            width: parent.width
            listening: root.vm.listening
            recognising: root.vm.recognising
            words: root.vm.liveWords
            rest: qsTr("Hold and say the number")
            onBegin: root.vm.talkPressed()
            onTapped: root.vm.talkTapped()
            onFinish: root.vm.talkReleased()
        }

        Item {
            visible: !root.sideBySide
            width: parent.width
            height: otherScale.height
        }
    }

    BigButton {
        id: otherScale

        objectName: "otherScale"
        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        height: Math.max(124, implicitHeight)
        icon: root.vm.faces ? "clipboard" : "pain4"
        text: root.vm.other
        onClicked: root.vm.switchScale()
    }
}

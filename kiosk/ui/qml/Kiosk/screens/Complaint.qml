import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Say it, tap it or type it. Without a microphone the tiles take its place; after two failures they come forward.
Shell {
    id: root

    required property ComplaintViewModel vm
    readonly property bool talkFirst: vm.hasSpeech && !vm.touchFirst
    readonly property string advice: talkFirst || vm.problem !== "" ? "" : qsTr("Tap what fits best")

    title: cramped && problem !== "" ? "" : vm.hasSpeech ? qsTr("Tell us what is wrong") : qsTr("Tap what is wrong")
    subtitle: sideBySide ? advice : ""
    problem: talkFirst ? "" : vm.problem
    contentHeight: touch.height + (talkFirst ? 480 : 0)
    need: touch.height + (talkFirst && !sideBySide ? talk.least + Theme.sp.m : 0)

    TalkCard {
        id: talk

        visible: root.talkFirst
        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? parent.height - height : 0
        width: root.sideBySide ? 740 : parent.width
        height: root.sideBySide ? Math.min(parent.height - root.sideLeast, Theme.big > 1 ? 640 : 560) : Math.max(least, Math.min(690, touch.y - Theme.sp.m))
        vm: root.vm
    }

    Column {
        id: touch

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Txt {
            width: parent.width
            visible: text !== "" && !(root.talkFirst && Theme.big > 1 && Theme.landscape)
            strong: true
            heads: true
            text: root.talkFirst ? qsTr("Or tap what fits") : root.sideBySide ? "" : root.advice
        }

        TileGrid {
            width: parent.width
            columns: Theme.big > 1 && !Theme.landscape && (!root.talkFirst || Theme.largest) ? 2 : 4
            least: root.talkFirst || (Theme.big > 1 && Theme.landscape) ? 188 : 212
            prefix: "tile_"
            tiles: root.vm.tiles
            onTapped: code => root.vm.pick(code)
        }

        Row {
            id: others

            readonly property int count: (root.vm.hasBody ? 1 : 0) + (root.vm.hasMore ? 1 : 0) + (root.vm.canType ? 1 : 0)
            readonly property real each: (width - (count - 1) * Theme.sp.s) / count

            readonly property real tallest: Math.max(124, showWhere.visible ? showWhere.implicitHeight : 0, more.visible ? more.implicitHeight : 0, type.visible ? type.implicitHeight : 0)

            width: parent.width
            spacing: Theme.sp.s

            BigButton {
                id: showWhere

                objectName: "showWhere"
                visible: root.vm.hasBody
                width: others.each
                height: others.tallest
                icon: "bodymap"
                text: qsTr("Point")
                onClicked: root.vm.showWhere()
            }

            BigButton {
                id: more

                objectName: "more"
                visible: root.vm.hasMore
                width: others.each
                height: others.tallest
                icon: "next"
                text: qsTr("More")
                onClicked: root.vm.more()
            }

            BigButton {
                id: type

                objectName: "type"
                visible: root.vm.canType
                width: others.each
                height: others.tallest
                icon: "keyboard"
                text: qsTr("Type")
                onClicked: root.vm.openTyping()
            }
        }

        Item {
            visible: bar.visible && !root.sideBySide
            width: parent.width
            height: bar.height
        }
    }

    TalkBar {
        id: bar

        visible: root.vm.hasSpeech && !root.talkFirst
        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        listening: root.vm.listening
        recognising: root.vm.recognising
        words: root.vm.liveWords
        rest: qsTr("Hold to talk")
        onBegin: root.vm.talkPressed()
        onTapped: root.vm.talkTapped()
        onFinish: root.vm.talkReleased()
    }
}

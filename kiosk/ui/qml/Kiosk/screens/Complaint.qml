import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Say it, tap it or type it. Without a microphone the tiles take its place; after two failures they come forward.
Shell {
    id: root

    required property ComplaintViewModel vm
    readonly property bool talkFirst: vm.hasSpeech && !vm.touchFirst
    readonly property real leftX: -(740 + Theme.sp.xl + 16)

    title: vm.hasSpeech ? qsTr("Tell us what is wrong") : qsTr("Tap what is wrong")
    contentHeight: touch.height + (talkFirst ? 480 : 0)

    TalkCard {
        visible: root.talkFirst
        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? parent.height - height : 0
        width: Theme.landscape ? 740 : parent.width
        height: Theme.landscape ? 560 : Math.min(690, touch.y - Theme.sp.m)
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
            strong: true
            text: root.talkFirst ? qsTr("Or tap what fits") : root.vm.problem !== "" ? root.vm.problem : qsTr("Tap what fits best")
        }

        Grid {
            id: tiles

            readonly property int perRow: Theme.big > 1 && !Theme.landscape && !root.talkFirst ? 2 : 4

            width: parent.width
            columns: perRow
            spacing: Theme.sp.s

            Repeater {
                model: root.vm.tiles

                ComplaintTile {
                    required property var modelData

                    objectName: "tile_" + modelData.code
                    width: (tiles.width - (tiles.perRow - 1) * Theme.sp.s) / tiles.perRow
                    height: Math.max(root.talkFirst ? 188 : 212, implicitHeight)
                    icon: modelData.icon
                    text: modelData.text
                    chosen: modelData.chosen
                    onClicked: root.vm.pick(modelData.code)
                }
            }
        }

        Row {
            id: others

            readonly property int count: (root.vm.hasMore ? 1 : 0) + 1
            readonly property real each: (width - (count - 1) * Theme.sp.s) / count

            width: parent.width
            spacing: Theme.sp.s

            BigButton {
                objectName: "more"
                visible: root.vm.hasMore
                width: others.each
                height: Math.max(124, implicitHeight)
                icon: "next"
                text: qsTr("More")
                onClicked: root.vm.more()
            }

            BigButton {
                objectName: "type"
                width: others.each
                height: Math.max(124, implicitHeight)
                icon: "keyboard"
                text: qsTr("Type")
                onClicked: root.vm.openTyping()
            }
        }

        TalkBar {
            visible: root.vm.hasSpeech && !root.talkFirst
            width: parent.width
            listening: root.vm.listening
            recognising: root.vm.recognising
            words: root.vm.liveWords
            rest: qsTr("Hold to talk")
            onBegin: root.vm.talkPressed()
            onFinish: root.vm.talkReleased()
        }
    }
}

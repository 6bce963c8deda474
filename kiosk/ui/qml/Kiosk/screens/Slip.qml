import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The slip as it comes out; when it does not, its number and code on the screen.
Shell {
    id: root

    required property SlipViewModel vm
    readonly property bool failed: vm.delivery === "failed"

    title: failed ? qsTr("Please photograph this") : vm.delivery === "printed" ? qsTr("Please take your slip") : qsTr("Your slip is printing")
    // Beside the slip there is no room for the reason.
    subtitle: Theme.largest && sideBySide ? "" : vm.problem
    contentHeight: answers.height + (failed ? 1000 : 760)
    // The slip is never cut: it keeps its column in the largest text, too.
    sideBySide: Theme.landscape && !crowded
    need: sideBySide ? Math.max(paper.least, sideLeast + answers.height) : paper.least + Theme.sp.m + answers.height

    Item {
        width: parent.width
        height: root.sideBySide ? parent.height : answers.y - Theme.sp.m

        Paper {
            id: paper

            anchors {
                horizontalCenter: parent.horizontalCenter
                top: parent.top
            }
            width: Math.min(parent.width, 984)
            space: parent.height
            compact: Theme.landscape || Theme.low
            vm: root.vm
        }
    }

    Column {
        id: answers

        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        spacing: Theme.sp.m

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            visible: !root.failed && !Theme.largest
            strong: true
            text: qsTr("Did it print?")
        }

        Grid {
            id: pair

            readonly property real half: columns === 1 ? width : (width - spacing) / 2

            columns: root.failed || (root.sideBySide && Theme.big > 1) || (Theme.largest && !Theme.landscape) ? 1 : 2
            width: parent.width
            spacing: Theme.sp.m

            BigButton {
                objectName: "slipTaken"
                width: pair.half
                kind: "primary"
                icon: "check"
                text: root.failed ? qsTr("I have it, finish") : qsTr("I have it")
                onClicked: root.vm.took(true)
            }

            BigButton {
                objectName: "slipMissing"
                visible: !root.failed
                width: pair.half
                icon: "printer"
                text: qsTr("No slip")
                onClicked: root.vm.took(false)
            }
        }
    }
}

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The first screen. Only services that work have a button.
Shell {
    id: root

    required property AttractViewModel vm
    readonly property real gatePx: Theme.landscape ? 420 : Theme.low ? 340 : Theme.big > 1 ? 480 : 600

    contentTop: 132

    MoonGate {
        id: gate

        px: root.gatePx
        x: Theme.landscape ? -(740 + Theme.sp.xl + 16) + (740 - width) / 2 : (parent.width - width) / 2
        y: Theme.landscape ? 20 : Theme.low ? 260 : 60
    }

    Column {
        x: Theme.landscape ? -(740 + Theme.sp.xl + 16) : 0
        anchors {
            top: gate.bottom
            topMargin: Theme.landscape ? Theme.sp.l : Theme.sp.xl
        }
        width: Theme.landscape ? 740 : parent.width
        spacing: Theme.sp.xs

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: Theme.landscape ? "title" : "display"
            text: qsTr("What is wrong today?")
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.c.ink2
            text: root.vm.canHear ? qsTr("Say it or tap it. We will show you where to go.") : qsTr("Tap what is wrong. We will show you where to go.")
        }
    }

    Column {
        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Notice {
            visible: root.vm.notice !== ""
            width: parent.width
            height: implicitHeight
            icon: "printer"
            text: root.vm.notice
            hint: root.vm.noticeHint
        }

        BigButton {
            objectName: "start"
            width: parent.width
            height: Math.max(260, implicitHeight)
            kind: "primary"
            icon: root.vm.canHear ? "mic" : "next"
            iconPx: 96
            text: qsTr("Start, about 3 minutes")
            hint: root.vm.canHear ? qsTr("No typing and no papers needed") : qsTr("No papers needed")
            onClicked: root.vm.start()
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.sp.s

            Icon {
                id: shield

                anchors.verticalCenter: parent.verticalCenter
                name: "shield"
                px: 36
                tint: Theme.c.ink2
            }

            Txt {
                width: Math.min(implicitWidth, root.width - 2 * Theme.sp.xl - shield.width - Theme.sp.s - (Theme.landscape ? 800 : 0))
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                color: Theme.c.ink2
                text: qsTr("Your words stay in this hospital and leave this screen with you")
            }
        }
    }
}

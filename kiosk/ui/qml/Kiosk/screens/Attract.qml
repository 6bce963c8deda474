pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The first screen. Only services that work have a button.
Shell {
    id: root

    required property AttractViewModel vm
    // The picture takes what the words and the buttons leave.
    readonly property real room: (sideBySide ? actions.y + actions.height : actions.y) - words.height - Theme.sp.l - Theme.sp.xl
    readonly property real gateTop: sideBySide ? 0 : Theme.low && !Theme.largest ? 260 : Theme.sp.m

    contentTop: headBottom
    need: sideBySide ? 0 : words.height + Theme.sp.l + 2 * Theme.sp.m + actions.height

    Story {
        id: gate

        objectName: "story"
        visible: px >= 160
        height: visible ? px : 0
        px: Math.max(0, Math.min(root.sideBySide ? 520 : 720, root.room - root.gateTop))
        spoken: root.vm.canHear
        moving: root.vm.alone && !Theme.read
        x: root.sideBySide ? root.sideX + (740 - width) / 2 : (parent.width - width) / 2
        y: root.gateTop
    }

    Column {
        id: words

        x: root.sideBySide ? root.sideX : 0
        anchors {
            top: gate.bottom
            topMargin: Theme.sp.l
        }
        width: root.sideBySide ? 740 : parent.width
        spacing: Theme.sp.xs

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: root.sideBySide ? "title" : "display"
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
        id: actions

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
            icon: root.vm.noticeIcon
            text: root.vm.notice
            hint: root.vm.noticeHint
        }

        BigButton {
            objectName: "start"
            width: parent.width
            height: Math.max(root.sideBySide && Theme.big > 1 ? 180 : 260, implicitHeight)
            kind: "primary"
            icon: root.vm.canHear ? "mic" : "next"
            iconPx: 96
            text: qsTr("Start, about 3 minutes")
            hint: root.vm.canHear ? qsTr("No typing and no papers needed") : qsTr("No papers needed")
            onClicked: root.vm.start()
        }

        Grid {
            id: entries

            visible: root.vm.entries.length > 0
            width: parent.width
            columns: root.vm.entries.length > 1 && (Theme.big === 1 || root.sideBySide) && !Theme.largest ? 2 : 1
            spacing: Theme.sp.s

            Repeater {
                model: root.vm.entries

                ServiceTile {
                    required property var modelData

                    objectName: "entry_" + modelData.code
                    width: (entries.width - (entries.columns - 1) * entries.spacing) / entries.columns
                    least: root.sideBySide || Theme.big > 1 ? 140 : 160
                    icon: modelData.icon
                    text: modelData.text
                    // Helper lines leave before anything that can be touched.
                    hint: Theme.largest || (Theme.big > 1 && root.sideBySide) ? "" : modelData.hint
                    onClicked: root.vm.openService(modelData.code)
                }
            }
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
                width: Math.min(implicitWidth, root.width - 2 * Theme.sp.xl - shield.width - Theme.sp.s - (root.sideBySide ? 800 : 0))
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                color: Theme.c.ink2
                text: qsTr("Your words stay in this hospital and leave this screen with you")
            }
        }

        Txt {
            objectName: "staffNote"
            visible: text !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: "caption"
            color: Theme.c.ink2
            text: root.vm.staffNote
        }
    }
}

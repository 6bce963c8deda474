pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The way to a place in words: which floor and room, what to do one after another, how far it is.
Shell {
    id: root

    required property WayViewModel vm

    title: qsTr("This is the way")
    contentHeight: sign.height + lines.height + actions.height + 3 * Theme.sp.l
    need: sideBySide ? Math.max(lines.height, sideLeast + sign.height + Theme.sp.l + actions.height) : sign.height + lines.height + actions.height + 2 * Theme.sp.l

    Card {
        id: sign

        openWords: !root.vm.department
        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop : Theme.low ? parent.height - root.need : 0
        width: root.sideBySide ? 740 : parent.width
        height: Math.max(148, names.height + 2 * Theme.sp.m)
        tone: "accent"

        Rectangle {
            id: disc

            visible: !Theme.largest
            anchors {
                left: parent.left
                leftMargin: Theme.sp.l
                verticalCenter: parent.verticalCenter
            }
            width: visible ? 108 : 0
            height: 108
            radius: 54
            color: Theme.c.surface

            Icon {
                anchors.centerIn: parent
                name: root.vm.icon
                px: 68
            }
        }

        Column {
            id: names

            anchors {
                left: disc.right
                leftMargin: Theme.sp.l
                right: parent.right
                rightMargin: Theme.sp.l
                verticalCenter: parent.verticalCenter
                verticalCenterOffset: -2
            }
            spacing: Theme.sp.xs

            Txt {
                width: parent.width
                role: "heading"
                text: root.vm.name
            }

            Txt {
                objectName: "where"
                width: parent.width
                color: Theme.c.ink2
                text: root.vm.where
            }
        }
    }

    Column {
        id: lines

        readonly property bool openWords: !root.vm.sensitive

        y: root.sideBySide ? Math.max(0, (parent.height - height) / 2) : sign.y + sign.height + Theme.sp.l
        width: parent.width
        spacing: Theme.sp.m

        Repeater {
            model: root.vm.steps

            Row {
                id: line

                required property string modelData
                required property int index

                width: parent?.width ?? 0
                spacing: Theme.sp.m

                Rectangle {
                    id: place

                    width: Math.max(72, Math.round(number.font.pixelSize * 1.3))
                    height: width
                    radius: width / 2
                    color: Theme.c.accent

                    Txt {
                        id: number

                        anchors.centerIn: parent
                        role: "body"
                        strong: true
                        lineHeight: 1
                        color: Theme.c.onAccent
                        text: line.index + 1
                    }
                }

                Txt {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - place.width - parent.spacing
                    text: line.modelData
                }
            }
        }

        Row {
            visible: root.vm.remark !== ""
            width: parent.width
            spacing: Theme.sp.m

            Item {
                id: sideways

                width: Math.max(72, Math.round(said.font.pixelSize * 1.3))
                height: width

                Icon {
                    anchors.centerIn: parent
                    name: "lowreach"
                    px: Theme.largest ? 84 : 60
                    tint: Theme.c.good
                }
            }

            Txt {
                id: said

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - sideways.width - parent.spacing
                strong: true
                color: Theme.c.good
                text: root.vm.remark
            }
        }
    }

    Column {
        id: actions

        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        spacing: Theme.sp.m

        BigButton {
            objectName: "another"
            width: parent.width
            height: Math.max(124, implicitHeight)
            icon: "again"
            text: qsTr("Find another place")
            onClicked: root.vm.another()
        }

        BigButton {
            objectName: "done"
            width: parent.width
            height: Math.max(root.sideBySide ? 140 : 172, implicitHeight)
            kind: "primary"
            icon: "check"
            text: qsTr("I know the way")
            onClicked: root.vm.finish()
        }
    }
}

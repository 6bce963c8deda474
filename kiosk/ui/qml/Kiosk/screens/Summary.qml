pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What was understood, said back in plain words before anything follows from it.
Shell {
    id: root

    required property SummaryViewModel vm
    readonly property var icons: ({
            present: "check",
            fact: "clock",
            absent: "cross",
            unsure: "question"
        })

    title: qsTr("Did we understand you?")
    contentHeight: words.height + Theme.sp.m + buttons.height
    need: sideBySide ? Math.max(sideLeast + words.height, buttons.height) : words.height + Theme.sp.m + buttons.height

    Card {
        id: words

        readonly property bool close: root.sideBySide || root.cramped
        readonly property real margin: close ? Theme.sp.l : Theme.sp.xl

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop : 0
        width: root.sideBySide ? 740 : parent.width
        height: inner.height + 2 * margin
        personal: true

        Column {
            id: inner

            x: Theme.sp.xl
            y: words.margin
            width: parent.width - 2 * x
            spacing: words.close ? Theme.sp.s : Theme.sp.l

            Quote {
                visible: text !== "" && Theme.big === 1 && !root.sideBySide
                width: parent.width
                text: root.vm.quote
            }

            Repeater {
                model: root.vm.lines

                Row {
                    id: line

                    required property var modelData

                    width: parent?.width ?? 0
                    spacing: Theme.sp.m

                    Rectangle {
                        id: disc

                        width: 72
                        height: 72
                        radius: 36
                        color: line.modelData.kind === "unsure" ? Theme.c.warnTint : line.modelData.kind === "present" ? Theme.c.accentTint : Theme.c.sunk

                        Icon {
                            anchors.centerIn: parent
                            name: root.icons[line.modelData.kind]
                            px: 42
                            tint: line.modelData.kind === "unsure" ? Theme.c.warn : line.modelData.kind === "present" ? Theme.c.accent : Theme.c.ink2
                        }
                    }

                    Column {
                        width: parent.width - disc.width - parent.spacing

                        Txt {
                            width: parent.width
                            heads: true
                            role: "label"
                            color: Theme.c.ink2
                            text: line.modelData.label
                        }

                        Txt {
                            width: parent.width
                            strong: line.modelData.kind === "present"
                            text: line.modelData.text
                        }
                    }
                }
            }
        }
    }

    Column {
        id: buttons

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        BigButton {
            objectName: "next"
            heads: true
            width: parent.width
            height: Math.max(root.sideBySide || Theme.big > 1 ? 140 : 188, implicitHeight)
            kind: "primary"
            icon: "check"
            text: qsTr("Yes, go on")
            onClicked: root.vm.next()
        }

        BigButton {
            objectName: "change"
            width: parent.width
            icon: "edit"
            text: qsTr("No, start again")
            onClicked: root.vm.change()
        }
    }
}

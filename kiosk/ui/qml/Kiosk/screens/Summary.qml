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
    contentHeight: inner.height + 2 * Theme.sp.xl + Theme.sp.m + buttons.height

    Card {
        id: words

        readonly property real margin: Theme.landscape ? Theme.sp.l : Theme.sp.xl

        x: Theme.landscape ? -(740 + Theme.sp.xl + 16) : 0
        y: Theme.landscape ? root.titlesHeight + 200 + Theme.sp.l - root.contentTop : 0
        width: Theme.landscape ? 740 : parent.width
        height: inner.height + 2 * margin
        personal: true

        Column {
            id: inner

            x: Theme.sp.xl
            y: words.margin
            width: parent.width - 2 * x
            spacing: Theme.landscape ? Theme.sp.s : Theme.sp.l

            Quote {
                visible: text !== "" && Theme.big === 1 && !Theme.landscape
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
            width: parent.width
            height: Math.max(Theme.landscape || Theme.big > 1 ? 140 : 188, implicitHeight)
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

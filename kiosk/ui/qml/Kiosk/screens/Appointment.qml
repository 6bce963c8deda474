pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// A visit that exists already: where and when, never who; below it what can be done with it.
Shell {
    id: root

    required property AppointmentViewModel vm

    title: vm.title
    // What went wrong says what to do, too.
    subtitle: Theme.landscape && vm.problem !== "" ? "" : vm.hint
    problem: vm.problem
    contentHeight: found.height + Theme.sp.m + buttons.height
    need: sideBySide ? Math.max(sideLeast + found.height, buttons.height) : contentHeight

    Card {
        id: found

        readonly property bool close: Theme.landscape
        readonly property real margin: close ? Theme.sp.m : Theme.sp.xl

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop : Theme.low || root.height > 1800 ? Math.max(0, buttons.y - height - Theme.sp.m) : 0
        width: root.sideBySide ? 740 : parent.width
        height: inner.height + 2 * margin
        personal: true

        Column {
            id: inner

            x: found.margin
            y: found.margin
            width: parent.width - 2 * x
            spacing: found.close ? Theme.sp.xs : Theme.sp.l

            Repeater {
                model: root.vm.facts

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
                        color: Theme.c.accentTint

                        Icon {
                            anchors.centerIn: parent
                            name: line.modelData.icon
                            px: 42
                            tint: Theme.c.accent
                        }
                    }

                    Column {
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - disc.width - parent.spacing

                        Txt {
                            width: parent.width
                            visible: !found.close
                            heads: true
                            role: "label"
                            color: Theme.c.ink2
                            text: line.modelData.label
                        }

                        // What it is and what it says share a line where every line counts.
                        Txt {
                            width: parent.width
                            strong: true
                            text: found.close ? line.modelData.label + "  " + line.modelData.text : line.modelData.text
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

        Repeater {
            model: root.vm.actions

            BigButton {
                required property var modelData

                objectName: "appointment_" + modelData.code
                heads: modelData.kind === "primary"
                width: parent?.width ?? 0
                height: Math.max(modelData.kind === "primary" && !root.sideBySide && Theme.big === 1 ? 172 : 140, implicitHeight)
                kind: modelData.kind
                look: root.vm.busy ? "busy" : "rest"
                icon: modelData.icon
                text: modelData.text
                onClicked: root.vm.act(modelData.code)
            }
        }
    }
}

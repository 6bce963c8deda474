pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Red for the staff across the hall, calm white for the patient.
Rectangle {
    id: root

    required property EmergencyViewModel vm
    readonly property real redWidth: Theme.landscape ? (Theme.largest ? 330 : Theme.big > 1 ? 560 : 740) : width
    readonly property real redHeight: Theme.landscape ? height : Theme.largest ? 360 : Theme.big > 1 ? 440 : 712
    // The largest text needs every line of a low screen.
    readonly property bool close: Theme.landscape && Theme.largest
    readonly property real ring: Theme.largest ? (Theme.landscape ? 270 : 340) : Theme.big > 1 ? (Theme.landscape ? 500 : 400) : 620

    color: Theme.c.alarm

    Item {
        id: signal

        x: (root.redWidth - width) / 2
        y: (root.redHeight - height) / 2
        width: root.ring
        height: root.ring

        Rectangle {
            anchors.fill: parent
            radius: width / 2
            color: Theme.c.onAlarm
            opacity: 0.08
        }

        Rectangle {
            id: breath

            anchors.centerIn: parent
            width: parent.width * 0.81
            height: width
            radius: width / 2
            color: Theme.c.onAlarm
            opacity: 0.12

            SequentialAnimation on opacity {
                running: !Theme.still
                loops: Animation.Infinite

                NumberAnimation {
                    to: 0.3
                    duration: Theme.motion.ringPulse / 2
                    easing.type: Easing.InOutQuad
                }

                NumberAnimation {
                    to: 0.12
                    duration: Theme.motion.ringPulse / 2
                    easing.type: Easing.InOutQuad
                }
            }
        }

        Rectangle {
            anchors.centerIn: parent
            width: parent.width * 0.61
            height: width
            radius: width / 2
            color: Theme.c.onAlarm

            Icon {
                anchors.centerIn: parent
                name: "nurse"
                px: Math.round(parent.width * 0.63)
                tint: Theme.c.alarm
            }
        }
    }

    Rectangle {
        id: panel

        x: Theme.landscape ? root.redWidth : 0
        y: Theme.landscape ? 0 : root.redHeight
        width: parent.width - x
        height: parent.height - y
        color: Theme.c.surface
        topLeftRadius: 60
        topRightRadius: Theme.landscape ? 0 : 60
        bottomLeftRadius: Theme.landscape ? 60 : 0

        Column {
            id: headline

            y: root.close ? Theme.sp.s : Theme.landscape || Theme.big > 1 ? Theme.sp.l : 56
            width: parent.width

            Txt {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                role: "display"
                text: qsTr("Please stay here")
            }

            Txt {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                role: "title"
                color: Theme.c.danger
                text: qsTr("A nurse is coming")
            }

            Txt {
                width: parent.width
                visible: text !== ""
                topPadding: Theme.sp.xs
                horizontalAlignment: Text.AlignHCenter
                role: "label"
                color: Theme.c.ink2
                text: root.vm.number === "" ? "" : qsTr("Your number: %1").arg(root.vm.number)
            }
        }

        Column {
            x: Theme.landscape || Theme.big > 1 ? Theme.sp.xxl : 150
            y: headline.y + headline.height + Math.max(0, (foot.y - headline.y - headline.height - height) / 2)
            width: parent.width - 2 * x
            spacing: root.close ? 0 : Theme.largest ? Theme.sp.s : Theme.landscape || Theme.big > 1 ? Theme.sp.l : 44

            Repeater {
                model: [{
                        icon: "bell",
                        text: qsTr("Tell the nearest staff"),
                        hint: qsTr("Show them this red screen.")
                    }, {
                        icon: "sit",
                        text: qsTr("Sit down, do not walk"),
                        hint: qsTr("Take the nearest seat.")
                    }, {
                        icon: "callout",
                        text: qsTr("If it gets worse, call out"),
                        hint: qsTr("There is nothing more to fill in.")
                    }]

                Row {
                    id: advice

                    required property var modelData

                    width: parent?.width ?? 0
                    spacing: Theme.largest ? Theme.sp.m : Theme.sp.xl

                    Rectangle {
                        id: disc

                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.largest ? 96 : 128
                        height: width
                        radius: width / 2
                        color: Theme.c.dangerTint

                        Icon {
                            anchors.centerIn: parent
                            name: advice.modelData.icon
                            px: Theme.largest ? 60 : 76
                            tint: Theme.c.danger
                        }
                    }

                    Column {
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - disc.width - parent.spacing

                        FittedTxt {
                            room: width
                            width: parent.width
                            role: "heading"
                            text: advice.modelData.text
                        }

                        // What to do stays, how to do it leaves.
                        Txt {
                            width: parent.width
                            visible: !Theme.largest && !(Theme.landscape && Theme.big > 1 && root.vm.number !== "")
                            role: "label"
                            color: Theme.c.ink2
                            text: advice.modelData.hint
                        }
                    }
                }
            }
        }

        BigButton {
            id: foot

            objectName: "nurseArrived"
            x: Theme.sp.xl
            width: parent.width - 2 * Theme.sp.xl
            anchors {
                bottom: parent.bottom
                bottomMargin: root.close ? Theme.sp.m : Theme.sp.xl
            }
            icon: "nurse"
            text: qsTr("The nurse is here")
            onClicked: root.vm.nurseArrived()
        }
    }
}

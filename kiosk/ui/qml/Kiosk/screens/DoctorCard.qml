pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls

// A doctor with the next four times.
Card {
    id: root

    required property var doctor
    property bool compact: false
    readonly property real margin: compact ? Theme.sp.m : Theme.sp.l

    signal timeChosen(string code)

    chosen: doctor.chosen
    personal: true
    implicitHeight: Math.max(112, who.height) + times.height + Theme.sp.m + 2 * margin

    Rectangle {
        id: face

        x: Theme.sp.l
        y: root.margin
        width: 112
        height: 112
        radius: 56
        color: Theme.c.accentTint

        Txt {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -3
            role: "heading"
            spoken: false
            color: Theme.c.accent
            text: root.doctor.initial
        }
    }

    Column {
        id: who

        anchors {
            left: face.right
            leftMargin: Theme.sp.m
            right: parent.right
            rightMargin: Theme.sp.l
            verticalCenter: face.verticalCenter
        }

        Item {
            width: parent.width
            height: name.height

            Txt {
                id: name

                role: "heading"
                text: root.doctor.name
                wrapMode: Text.NoWrap
            }

            Txt {
                anchors {
                    left: name.right
                    leftMargin: Theme.sp.s
                    right: place.visible ? place.left : parent.right
                    rightMargin: Theme.sp.s
                    baseline: name.baseline
                }
                visible: implicitWidth <= width
                role: "label"
                color: Theme.c.ink2
                text: root.doctor.title
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }

            Badge {
                id: place

                anchors {
                    right: parent.right
                    verticalCenter: parent.verticalCenter
                }
                visible: root.doctor.room !== ""
                tone: "plain"
                icon: "route"
                text: qsTr("Room %1").arg(root.doctor.room)
            }
        }

        Txt {
            width: parent.width
            visible: text !== ""
            role: "label"
            color: Theme.c.ink2
            text: root.doctor.about
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
    }

    Row {
        id: times

        x: Theme.sp.l
        anchors {
            bottom: parent.bottom
            bottomMargin: root.margin
        }
        width: parent.width - 2 * Theme.sp.l
        spacing: Theme.sp.s

        Repeater {
            model: root.doctor.times

            TimeChip {
                required property var modelData

                objectName: "time_" + modelData.code
                width: (times.width - 3 * Theme.sp.s) / 4
                height: 104
                text: modelData.look === "full" ? qsTr("Full") : modelData.text
                look: modelData.look
                onClicked: root.timeChosen(modelData.code)
            }
        }
    }
}

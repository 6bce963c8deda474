pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls

// A doctor with the next four times.
Card {
    id: root

    required property var doctor
    property bool compact: false
    readonly property real margin: compact ? Theme.sp.m : Theme.sp.l
    // The room stands under the name where both would not fit beside each other.
    readonly property bool under: Theme.largest && !Theme.landscape

    signal timeChosen(string code)

    chosen: doctor.chosen
    personal: true
    implicitHeight: Math.max(112, who.height) + times.height + Theme.sp.m + 2 * margin

    Rectangle {
        id: face

        anchors {
            left: parent.left
            leftMargin: Theme.sp.l
        }
        y: root.margin
        width: 112
        height: 112
        radius: 56
        color: Theme.c.accentTint

        Txt {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -3
            role: "heading"
            font.pixelSize: Math.min(Theme.size("heading"), 64)
            lineHeight: 1
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
        }
        y: root.margin + Math.max(0, (face.height - height) / 2)

        Item {
            width: parent.width
            height: name.height + (root.under && place.visible ? place.height : 0)

            Txt {
                id: name

                anchors.left: parent.left
                width: Math.min(implicitWidth, parent.width - (root.under || !place.visible ? 0 : place.width + Theme.sp.s))
                role: "heading"
                text: root.doctor.name
                wrapMode: Theme.largest ? Text.Wrap : Text.NoWrap
            }

            Txt {
                readonly property real free: parent.width - name.implicitWidth - (place.visible ? place.implicitWidth + Theme.sp.s : 0)

                anchors {
                    left: name.right
                    leftMargin: Theme.sp.s
                    baseline: name.baseline
                }
                visible: !Theme.largest && implicitWidth + Theme.sp.s <= free
                role: "label"
                color: Theme.c.ink2
                text: root.doctor.title
                wrapMode: Text.NoWrap
            }

            Badge {
                id: place

                y: root.under ? name.height : (parent.height - height) / 2
                // Changing from one anchor to the other would have both for an instant and stay as wide as that.
                anchors.left: parent.left
                anchors.leftMargin: root.under ? 0 : parent.width - width
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
            text: Theme.largest ? root.doctor.title : root.doctor.about
            wrapMode: Theme.largest ? Text.Wrap : Text.NoWrap
            elide: Text.ElideRight
        }
    }

    Grid {
        id: times

        x: Theme.sp.l
        anchors {
            bottom: parent.bottom
            bottomMargin: root.margin
        }
        width: parent.width - 2 * Theme.sp.l
        columns: Theme.largest && !Theme.landscape ? 2 : 4
        spacing: Theme.sp.s

        Repeater {
            model: root.doctor.times

            TimeChip {
                required property var modelData

                objectName: "time_" + modelData.code
                width: (times.width - (times.columns - 1) * Theme.sp.s) / times.columns
                height: Math.max(104, implicitHeight)
                text: modelData.look === "full" ? qsTr("Full") : modelData.text
                look: modelData.look
                onClicked: root.timeChosen(modelData.code)
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// Up and down in a page that is longer than the screen, and how far it is; nothing scrolls under the finger.
Item {
    id: root

    property int step: 0
    property int steps: 1
    readonly property real each: (width - 2 * Theme.sp.xl - place.width - 2 * Theme.sp.m) / 2

    signal up
    signal down

    implicitHeight: 2 * Theme.sp.s + 112

    Rectangle {
        width: parent.width
        height: Theme.bw.hair
        color: Theme.c.line
    }

    StepButton {
        objectName: "stepUp"
        anchors.left: parent.left
        anchors.leftMargin: Theme.sp.xl
        width: root.each
        off: root.step === 0
        icon: "up"
        text: qsTr("Up")
        onClicked: root.up()
    }

    Txt {
        id: place

        anchors.centerIn: parent
        role: "caption"
        color: Theme.c.ink2
        text: qsTr("%1 of %2").arg(root.step + 1).arg(root.steps)
        wrapMode: Text.NoWrap
    }

    StepButton {
        objectName: "stepDown"
        anchors.right: parent.right
        anchors.rightMargin: Theme.sp.xl
        width: root.each
        off: root.step >= root.steps - 1
        icon: "down"
        text: qsTr("Down")
        onClicked: root.down()
    }

    component StepButton: Pressable {
        id: button

        property string icon

        y: Theme.sp.s
        height: 112

        FocusRing {
            on: button.activeFocus
        }

        Rectangle {
            anchors.fill: parent
            anchors.topMargin: button.down ? 3 : 0
            radius: Theme.rad.button
            color: button.off ? Theme.c.disabledFill : button.down ? Theme.c.accentTint2 : Theme.c.accentTint
            border {
                width: button.off ? 0 : Theme.bw.control
                color: Theme.c.accent
            }
        }

        Row {
            anchors.centerIn: parent
            spacing: Theme.sp.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: button.icon
                px: 60
                tint: button.off ? Theme.c.disabledInk : Theme.c.accent
            }

            Txt {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, button.width - 60 - Theme.sp.s - 2 * Theme.sp.s)
                spoken: false
                role: "body"
                strong: true
                color: button.off ? Theme.c.disabledInk : Theme.c.accent
                text: button.text
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 34
                lineHeight: 1
                bottomPadding: 4
            }
        }
    }
}

import QtQuick

// A time that can be booked. look: rest, selected, full
Pressable {
    id: root

    property string look: "rest"
    readonly property bool chosen: look === "selected"

    off: look === "full"
    implicitWidth: 190
    implicitHeight: Math.max(96, label.height)

    Accessible.role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen

    FocusRing {
        on: root.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.chosen ? (root.down ? Theme.c.accentPressed : Theme.c.accent) : root.off ? Theme.c.disabledFill : root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: root.off ? 0 : Theme.bw.control
            color: root.chosen ? Theme.c.accent : Theme.c.outline
        }
    }

    Row {
        anchors.centerIn: parent
        spacing: 10

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.chosen
            name: "check"
            px: 34
            tint: Theme.c.onAccent
        }

        Txt {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            spoken: false
            role: "body"
            strong: true
            text: root.text
            wrapMode: Text.NoWrap
            bottomPadding: 4
            color: root.chosen ? Theme.c.onAccent : root.off ? Theme.c.disabledInk : Theme.c.ink
        }
    }
}

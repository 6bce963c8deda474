import QtQuick

// One answer; icon, word and shape say the same thing. look: rest, selected, disabled
Pressable {
    id: root

    property string icon
    property string look: "rest"
    property real minHeight: Theme.target.row
    readonly property bool chosen: look === "selected"

    off: look === "disabled"
    implicitHeight: Math.max(minHeight, words.height + 2 * Theme.sp.s)

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
        color: root.off ? Theme.c.disabledFill : root.down ? Theme.c.accentTint2 : root.chosen ? Theme.c.accentTint : Theme.c.surface
        border {
            width: root.chosen ? Theme.bw.selected : root.off ? 0 : Theme.bw.control
            color: root.chosen ? Theme.c.accent : Theme.c.outline
        }
    }

    Rectangle {
        id: disc

        visible: root.icon !== ""
        anchors {
            left: parent.left
            leftMargin: Theme.sp.l
            verticalCenter: parent.verticalCenter
        }
        width: visible ? 84 : 0
        height: 84
        radius: 42
        color: root.off ? "transparent" : root.chosen ? Theme.c.accent : Theme.c.accentTint

        Icon {
            anchors.centerIn: parent
            name: root.icon
            px: 48
            tint: root.off ? Theme.c.disabledInk : root.chosen ? Theme.c.onAccent : Theme.c.accent
        }
    }

    Column {
        id: words

        anchors {
            left: disc.right
            leftMargin: disc.visible ? Theme.sp.l : 0
            right: tick.left
            rightMargin: Theme.sp.s
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }

        Txt {
            width: parent.width
            spoken: false
            role: "heading"
            text: root.text
            color: root.off ? Theme.c.disabledInk : Theme.c.ink
        }

        Txt {
            width: parent.width
            visible: text !== ""
            spoken: false
            role: "label"
            text: root.hint
            color: root.off ? Theme.c.disabledInk : Theme.c.ink2
        }
    }

    Icon {
        id: tick

        anchors {
            right: parent.right
            rightMargin: Theme.sp.l
            verticalCenter: parent.verticalCenter
        }
        visible: !root.off
        name: root.chosen ? "check" : "next"
        px: 44
        tint: root.chosen ? Theme.c.accent : Theme.c.outline
    }
}

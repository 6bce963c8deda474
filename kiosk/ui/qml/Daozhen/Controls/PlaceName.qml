import QtQuick

// The name of a place of the body, or of a side: a word to choose, filled when it is chosen.
Pressable {
    id: root

    property bool chosen: false
    property alias lines: word.lines

    implicitWidth: 232
    implicitHeight: Math.max(Theme.target.min + 12, word.height + Theme.sp.s)

    Accessible.checkable: true
    Accessible.checked: chosen

    FocusRing {
        on: root.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.chosen ? (root.down ? Theme.c.accentPressed : Theme.c.accent) : root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: Theme.bw.control
            color: root.chosen ? Theme.c.accent : Theme.c.outline
        }
    }

    Icon {
        anchors {
            left: parent.left
            leftMargin: Theme.sp.s
            verticalCenter: parent.verticalCenter
        }
        visible: root.chosen && root.width - word.contentWidth > 150
        name: "check"
        px: 44
        tint: Theme.c.onAccent
    }

    FittedTxt {
        id: word

        anchors.centerIn: parent
        anchors.verticalCenterOffset: -2
        width: parent.width - Theme.sp.m
        horizontalAlignment: Text.AlignHCenter
        spoken: false
        role: Theme.big > 1 ? "label" : "body"
        room: width
        lines: 2
        // Twelve names share the height of the map.
        full: Math.min(Theme.size(role), Theme.landscape ? 48 : 54)
        strong: true
        lineHeight: 0.86
        text: root.text
        color: root.chosen ? Theme.c.onAccent : Theme.c.ink
    }
}

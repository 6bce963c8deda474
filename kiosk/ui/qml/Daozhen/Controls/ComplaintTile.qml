import QtQuick

// A group of complaints: icon over word, or beside it where rooms are low.
Pressable {
    id: root

    property string icon
    property bool chosen: false
    property bool beside: false

    implicitHeight: beside ? Math.max(Theme.target.row, words.height + 2 * Theme.sp.s) : Math.max(188, words.height + 2 * (Theme.sideBySide ? Theme.sp.s : Theme.sp.m))

    Accessible.checkable: true
    Accessible.checked: chosen

    FocusRing {
        on: root.activeFocus
        r: Theme.rad.card
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.card
        color: root.down ? Theme.c.accentTint2 : root.chosen ? Theme.c.accentTint : Theme.c.surface
        border {
            width: root.chosen ? Theme.bw.selected : Theme.bw.hair
            color: root.chosen ? Theme.c.accent : Theme.c.outline
        }
    }

    Grid {
        id: words

        readonly property real room: root.width - Theme.sp.s

        anchors.centerIn: parent
        columns: root.beside ? 2 : 1
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter
        spacing: root.beside ? Theme.sp.s : Theme.sp.xs

        Icon {
            visible: name !== ""
            name: root.icon
            px: root.beside || (Theme.big > 1 && Theme.sideBySide) ? 60 : 84
        }

        FittedTxt {
            room: width
            lines: 0
            width: root.beside ? words.room - 60 - 2 * Theme.sp.s : words.room
            horizontalAlignment: root.beside ? Text.AlignLeft : Text.AlignHCenter
            spoken: false
            role: "label"
            strong: true
            text: root.text
        }
    }
}

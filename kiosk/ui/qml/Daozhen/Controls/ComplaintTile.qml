import QtQuick

// A group of complaints: icon over word.
Pressable {
    id: root

    property string icon
    property bool chosen: false

    implicitHeight: Math.max(188, words.height + 2 * Theme.sp.m)

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

    Column {
        id: words

        anchors.centerIn: parent
        width: parent.width - Theme.sp.s
        spacing: Theme.sp.xs

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: name !== ""
            name: root.icon
            px: 84
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            spoken: false
            role: "label"
            strong: true
            text: root.text
        }
    }
}

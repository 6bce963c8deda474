import QtQuick

// One answer on a scale: a number over a bar that grows with it, or a face over its words.
Pressable {
    id: root

    property string label
    property string icon
    property bool chosen: false
    // How full the bar is, 0 to 1.
    property real strength: 0
    // The figure that gives this answer on a keypad; -1 where figures count the choices.
    property int figure: -1

    implicitHeight: icon === "" ? 140 : words.height + 2 * Theme.sp.s

    Accessible.role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen

    FocusRing {
        on: root.activeFocus
    }

    Rectangle {
        id: ground

        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.chosen || root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: root.chosen ? Theme.bw.selected : Theme.bw.control
            color: root.chosen ? Theme.c.accent : Theme.c.outline
        }

        Rectangle {
            visible: root.icon === "" && root.strength > 0
            anchors {
                left: parent.left
                right: parent.right
                bottom: parent.bottom
                margins: 10
            }
            height: 10 + (parent.height - 30) * root.strength
            radius: 14
            color: root.chosen ? Theme.c.accentTint : Theme.c.accentTint2
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
            px: Theme.sideBySide ? 96 : 132
        }

        FittedTxt {
            room: width
            lines: 2
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            spoken: false
            role: root.icon === "" ? "heading" : "label"
            strong: true
            text: root.label
        }
    }
}

import QtQuick

// The patient's own words, always with the same bar.
Item {
    id: root

    property string text
    property string role: "body"
    readonly property bool personal: true

    implicitHeight: words.height

    Rectangle {
        width: 8
        height: parent.height
        radius: 4
        color: Theme.c.accent
    }

    Txt {
        id: words

        x: 36
        width: parent.width - x
        role: root.role
        text: root.text
        lineHeight: 1
    }
}

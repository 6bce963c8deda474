import QtQuick

// The patient's own words, always with the same bar.
Item {
    id: root

    property string text
    property string role: "body"
    readonly property bool personal: true

    implicitHeight: words.height

    Rectangle {
        anchors.left: parent.left
        width: 8
        height: parent.height
        radius: 4
        color: Theme.c.accent
    }

    Txt {
        id: words

        anchors.right: parent.right
        width: parent.width - 36
        role: root.role
        text: root.text
        lineHeight: 1
    }
}

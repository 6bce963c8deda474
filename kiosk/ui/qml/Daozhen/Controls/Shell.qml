import QtQuick

// Body of a page: the sentence to read above, the things to touch below. Header and dock belong to Main.qml; the page
// ends at the dock's upper edge. In landscape the title stands left and the content right.
Item {
    id: root

    property string title
    property string subtitle
    // Height that the content needs; low reach moves the title down as far as this leaves room.
    property real contentHeight: 0
    property real contentTop: Theme.landscape ? headBottom : titles.y + titles.height + Theme.sp.xl
    readonly property real headBottom: 132
    readonly property real titlesHeight: titles.height
    default property alias content: body.data

    Column {
        id: titles

        x: Theme.sp.xl
        y: Theme.landscape ? 200 : Theme.low ? Math.max(176, Math.min(664, root.height - 2 * Theme.sp.xl - height - root.contentHeight)) : 176
        width: Theme.landscape ? 740 : parent.width - 2 * Theme.sp.xl
        spacing: Theme.sp.m

        Txt {
            width: parent.width
            visible: text !== ""
            role: "title"
            text: root.title
        }

        Txt {
            width: parent.width
            visible: text !== ""
            role: "body"
            color: Theme.c.ink2
            text: root.subtitle
        }
    }

    Item {
        id: body

        anchors {
            right: parent.right
            rightMargin: Theme.sp.xl
            top: parent.top
            topMargin: root.contentTop
            bottom: parent.bottom
            bottomMargin: Theme.sp.xl
        }
        width: Theme.landscape ? parent.width - 740 - 3 * Theme.sp.xl - 16 : parent.width - 2 * Theme.sp.xl
    }
}

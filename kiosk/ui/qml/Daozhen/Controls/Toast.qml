import QtQuick

// A short good message that stays as long as it is true.
Rectangle {
    id: root

    property string text
    property string icon: "check"

    implicitWidth: row.width + 2 * Theme.sp.m
    implicitHeight: row.height + Theme.sp.s
    radius: height / 2
    color: Theme.c.goodTint
    border {
        width: Theme.bw.hair
        color: Theme.c.good
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.sp.xs

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.icon
            px: 36
            tint: Theme.c.good
        }

        Txt {
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            strong: true
            color: Theme.c.good
            text: root.text
            wrapMode: Text.NoWrap
            bottomPadding: 3
        }
    }
}

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Is one of these happening now? A picture opens what it stands for; most people have none of them.
Shell {
    id: root

    required property DangersViewModel vm

    title: qsTr("Is one of these happening now?")
    subtitle: Theme.big > 1 ? "" : qsTr("If so, tap the picture.")
    contentHeight: content.height
    need: content.height

    Column {
        id: content

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        TileGrid {
            width: parent.width
            columns: 2
            least: Theme.landscape ? 116 : 148
            beside: true
            tiles: root.vm.tiles
            onTapped: code => root.vm.pick(code)
        }

        Item {
            visible: !root.sideBySide
            width: parent.width
            height: none.height
        }
    }

    BigButton {
        id: none

        objectName: "none"
        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        height: Math.max(root.sideBySide || Theme.big > 1 || Theme.low ? 140 : 172, implicitHeight)
        kind: "primary"
        icon: "cross"
        text: qsTr("None of these")
        onClicked: root.vm.none()
    }
}

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The symptoms of one tile; several can be chosen.
Shell {
    id: root

    required property PickViewModel vm

    title: qsTr("What fits you?")
    subtitle: vm.problem !== "" || Theme.big > 1 ? "" : qsTr("Tap everything that fits.")
    problem: vm.problem
    withinReach: Theme.low
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
            columns: Theme.landscape ? 4 : 2
            beside: Theme.largest && !root.sideBySide
            prefix: "pick_"
            tiles: root.vm.rows
            onTapped: code => root.vm.toggle(code)
        }

        BigButton {
            objectName: "next"
            width: parent.width
            height: Math.max(root.sideBySide || Theme.big > 1 ? 140 : 172, implicitHeight)
            kind: root.vm.chosenCount > 0 ? "primary" : "secondary"
            icon: "next"
            text: root.vm.done
            onClicked: root.vm.next()
        }
    }
}

import QtQuick
import QtQuick.Layouts
import Daozhen.Controls
import Daozhen.ViewModels

// The symptoms of one tile; several can be chosen.
Shell {
    id: root

    required property PickViewModel vm

    title: qsTr("What fits you?")
    subtitle: vm.problem !== "" ? vm.problem : qsTr("Tap everything that fits.")
    contentHeight: content.height

    Column {
        id: content

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.l

        GridLayout {
            width: parent.width
            columns: Theme.landscape ? 4 : 2
            columnSpacing: Theme.sp.s
            rowSpacing: Theme.sp.s
            uniformCellHeights: true
            uniformCellWidths: true

            Repeater {
                model: root.vm.rows

                ComplaintTile {
                    required property var modelData

                    objectName: "pick_" + modelData.code
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    icon: modelData.icon
                    text: modelData.text
                    chosen: modelData.chosen
                    onClicked: root.vm.toggle(modelData.code)
                }
            }
        }

        BigButton {
            objectName: "next"
            width: parent.width
            height: Math.max(Theme.landscape ? 140 : 172, implicitHeight)
            kind: root.vm.chosenCount > 0 ? "primary" : "secondary"
            icon: "next"
            text: qsTr("That is all, go on")
            onClicked: root.vm.next()
        }
    }
}

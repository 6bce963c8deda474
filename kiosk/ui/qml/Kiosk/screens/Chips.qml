pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What was understood; a tap goes from yes to no to not sure.
Flow {
    id: root

    required property ConfirmViewModel vm

    spacing: Theme.sp.s

    Repeater {
        model: root.visible ? root.vm.chips : []

        Chip {
            required property var modelData

            objectName: "chip_" + modelData.code
            width: implicitWidth
            height: implicitHeight
            text: modelData.text
            kind: modelData.kind
            widest: root.width
            onClicked: root.vm.toggle(modelData.code)
        }
    }
}

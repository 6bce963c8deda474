import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Point at it: names with lines to the body, first all of it, then the region that was chosen.
Shell {
    id: root

    required property BodyViewModel vm
    // Nothing to touch stands higher than a seated person reaches.
    readonly property real reach: Theme.landscape ? 0 : Math.max(0, root.height + 196 - 1371 - root.contentTop)
    readonly property real leftX: -(740 + Theme.sp.xl + 16)

    title: vm.title
    // The map needs the room; what was chosen is marked on it.
    subtitle: Theme.largest ? "" : vm.helper
    sideBySide: Theme.landscape
    contentHeight: board.least + buttons.height + Theme.sp.m

    BodyBoard {
        id: board

        readonly property real lowest: Theme.landscape ? parent.height : buttons.y - Theme.sp.m

        y: Theme.low && !Theme.landscape ? lowest - height : root.reach
        width: parent.width
        height: Theme.low && !Theme.landscape ? Math.min(least, lowest) : lowest - root.reach
        vm: root.vm
    }

    Column {
        id: buttons

        readonly property real each: Theme.landscape ? Math.max(116, elsewhere.implicitHeight) : Math.max(124, elsewhere.implicitHeight)

        anchors {
            left: parent.left
            leftMargin: Theme.landscape ? root.leftX : 0
            bottom: parent.bottom
        }
        width: Theme.landscape ? 740 : parent.width
        spacing: Theme.landscape ? Theme.sp.s : Theme.sp.m

        Grid {
            id: others

            readonly property real each: columns > 1 ? (width - Theme.sp.m) / 2 : width

            width: parent.width
            columns: root.vm.canTurn && !Theme.landscape && Theme.big === 1 ? 2 : 1
            spacing: buttons.spacing

            BigButton {
                objectName: "turn"
                visible: root.vm.canTurn
                width: others.each
                height: buttons.each
                icon: "again"
                text: root.vm.turn
                onClicked: root.vm.turnAround()
            }

            BigButton {
                id: elsewhere

                objectName: "elsewhere"
                width: others.each
                height: buttons.each
                icon: root.vm.elsewhereIcon
                text: root.vm.elsewhere
                onClicked: root.vm.sayElsewhere()
            }
        }

        BigButton {
            objectName: "next"
            visible: root.vm.chosenCount > 0
            width: parent.width
            height: Theme.landscape ? buttons.each : implicitHeight
            kind: "primary"
            icon: "next"
            text: qsTr("That is all, go on")
            onClicked: root.vm.next()
        }
    }
}

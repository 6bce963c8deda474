pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Find a place: what everybody looks for and the groups of departments, or the departments of one group.
Shell {
    id: root

    required property DirectoryViewModel vm
    readonly property bool wide: Theme.landscape && !Theme.largest
    readonly property int columns: wide ? (Theme.big > 1 ? 3 : 4) : Theme.big > 1 ? 2 : 4
    readonly property real least: wide ? 132 : 188

    title: vm.title
    sideBySide: false
    withinReach: true
    contentHeight: content.height
    need: content.height

    Column {
        id: content

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: root.wide ? Theme.sp.m : Theme.sp.l

        TileGrid {
            visible: root.vm.places.length > 0
            width: parent.width
            columns: root.columns
            beside: root.wide
            least: root.least
            prefix: "place_"
            openWords: true
            tiles: root.vm.places
            onTapped: code => root.vm.choose(code)
        }

        Txt {
            visible: root.vm.wings.length > 0 && !root.wide
            width: parent.width
            strong: true
            heads: true
            text: qsTr("Departments")
        }

        TileGrid {
            visible: root.vm.wings.length > 0
            width: parent.width
            columns: root.wide || Theme.big > 1 ? root.columns : 3
            beside: root.wide
            least: root.least
            prefix: "wing_"
            tiles: root.vm.wings
            onTapped: code => root.vm.openWing(code)
        }

        SignGrid {
            visible: root.vm.departments.length > 0
            width: parent.width
            columns: Theme.largest ? 1 : Theme.landscape ? 3 : Theme.big > 1 ? 1 : 2
            tiles: root.vm.departments
            onTapped: code => root.vm.choose(code)
        }
    }
}

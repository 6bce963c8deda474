pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What is wrong at the place that was pointed at, and on which side.
Shell {
    id: root

    required property PlaceViewModel vm

    title: vm.title
    subtitle: Theme.big > 1 && sideBySide ? "" : vm.helper
    contentHeight: content.height
    need: sideBySide ? Math.max(content.height, sideLeast + (ways.aside ? ways.height + Theme.sp.m : 0) + (sides.visible ? sides.height : 0)) : content.height

    Card {
        id: drawing

        readonly property real room: root.sideBySide ? Math.min(380, parent.height - root.titlesHeight - 100 - (root.vm.sides.length > 0 ? 136 : 0)) : content.y - Theme.sp.l

        visible: Theme.big === 1 && !Theme.low && room >= 220 && root.vm.picture !== ""
        tone: "sunk"
        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? parent.height - height - (root.vm.sides.length > 0 ? 136 : 0) : 0
        width: root.sideBySide ? 740 : parent.width
        height: Math.min(440, room)

        BodyPicture {
            id: picture

            anchors.centerIn: parent
            height: parent.height - 2 * Theme.sp.m
            width: height * ratio
            ratio: root.vm.ratio
            name: drawing.visible ? root.vm.picture : ""
        }

        BodyDot {
            x: picture.x + root.vm.spotX / 100 * picture.width - width / 2
            y: picture.y + root.vm.spotY / 100 * picture.height - height / 2
            chosen: root.vm.chosenHere
        }
    }

    Row {
        id: sides

        visible: root.vm.sides.length > 0
        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? parent.height - height : content.y
        width: root.sideBySide ? 740 : parent.width
        height: 112
        spacing: Theme.sp.s

        Repeater {
            model: root.vm.sides

            PlaceName {
                required property var modelData

                objectName: "side_" + modelData.code
                width: (sides.width - 2 * Theme.sp.s) / 3
                height: sides.height
                lines: 1
                text: modelData.text
                chosen: modelData.chosen
                onClicked: root.vm.chooseSide(modelData.code)
            }
        }
    }

    Column {
        id: content

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Item {
            visible: sides.visible && !root.sideBySide
            width: parent.width
            height: sides.height
        }

        TileGrid {
            width: parent.width
            columns: Theme.big > 1 && !root.sideBySide ? 2 : 4
            beside: Theme.big > 1 && !root.sideBySide
            least: beside ? 148 : root.sideBySide ? 160 : 188
            prefix: "wrong_"
            tiles: root.vm.rows
            onTapped: code => root.vm.toggle(code)
        }

        Item {
            visible: !ways.aside
            width: parent.width
            height: ways.height
        }
    }

    Grid {
        id: ways

        // Big words need the whole height for the choices.
        readonly property bool aside: root.sideBySide && Theme.big > 1
        readonly property real each: aside ? width : (width - Theme.sp.m) / 2

        x: aside ? root.sideX : 0
        y: parent.height - height - (aside && sides.visible ? sides.height + Theme.sp.m : 0)
        width: aside ? 740 : parent.width
        columns: aside ? 1 : 2
        spacing: Theme.sp.m

        BigButton {
            id: another

            objectName: "another"
            width: ways.each
            height: Math.max(140, implicitHeight, next.implicitHeight)
            icon: "bodymap"
            text: qsTr("Another place")
            onClicked: root.vm.another()
        }

        BigButton {
            id: next

            objectName: "next"
            width: ways.each
            height: another.height
            kind: root.vm.chosenCount > 0 ? "primary" : "secondary"
            icon: "next"
            text: qsTr("Go on")
            onClicked: root.vm.next()
        }
    }
}

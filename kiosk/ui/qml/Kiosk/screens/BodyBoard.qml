pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The drawing between two columns of names, each tied to its place by a line. The names are the way; the body is a
// second one, and leaves when the controls are lowered.
Card {
    id: root

    required property BodyViewModel vm
    readonly property bool drawn: !Theme.low
    readonly property int rows: Math.max(1, vm.left.length, vm.right.length)
    readonly property real nameWidth: drawn ? (Theme.big > 1 ? 290 : vm.ratio < 1 ? 236 : 232) : (width - 3 * Theme.sp.m) / 2
    readonly property real pitch: (height - 2 * Theme.sp.m + Theme.sp.s) / rows
    readonly property real nameHeight: Math.min(136, pitch - Theme.sp.s)
    // The lowest board on which every name is a full target.
    readonly property real least: rows * ((Theme.big > 1 ? 116 : 100) + Theme.sp.s) + 2 * Theme.sp.m - Theme.sp.s

    function rowY(place: int, count: int): real {
        const free = root.height - 2 * Theme.sp.m - root.nameHeight;
        return Theme.sp.m + (count > 1 ? free * place / (count - 1) : free / 2);
    }

    BodyPicture {
        id: picture

        readonly property real roomWidth: root.width - 2 * (root.nameWidth + Theme.sp.m + Theme.sp.s)
        readonly property real roomHeight: root.height - 2 * Theme.sp.m

        anchors.centerIn: parent
        visible: root.drawn
        ratio: root.vm.ratio
        width: Math.min(roomWidth, roomHeight * ratio)
        height: width / ratio
        name: root.drawn ? root.vm.picture : ""
        onTouched: (across, down) => root.vm.touchBody(across, down)
    }

    Repeater {
        model: root.drawn ? [...root.vm.left.map((name, place) => ({
                    name: name,
                    x: Theme.sp.m + root.nameWidth,
                    y: root.rowY(place, root.vm.left.length) + root.nameHeight / 2
                })), ...root.vm.right.map((name, place) => ({
                    name: name,
                    x: root.width - Theme.sp.m - root.nameWidth,
                    y: root.rowY(place, root.vm.right.length) + root.nameHeight / 2
                }))] : []

        Rectangle {
            id: thread

            required property var modelData
            readonly property real dx: picture.x + modelData.name.x / 100 * picture.width - x
            readonly property real dy: picture.y + modelData.name.y / 100 * picture.height - y

            x: modelData.x
            y: modelData.y
            width: Math.sqrt(dx * dx + dy * dy)
            height: Theme.bw.control
            antialiasing: true
            transformOrigin: Item.Left
            rotation: Math.atan2(dy, dx) * 180 / Math.PI
            color: modelData.name.chosen ? Theme.c.accent : Theme.c.outline
        }
    }

    Repeater {
        model: root.drawn ? [...root.vm.left, ...root.vm.right] : []

        BodyDot {
            required property var modelData

            x: picture.x + modelData.x / 100 * picture.width - width / 2
            y: picture.y + modelData.y / 100 * picture.height - height / 2
            chosen: modelData.chosen
        }
    }

    Repeater {
        model: root.vm.left

        PlaceName {
            required property var modelData
            required property int index

            objectName: "place_" + modelData.code
            x: Theme.sp.m
            y: root.rowY(index, root.vm.left.length)
            width: root.nameWidth
            height: root.nameHeight
            text: modelData.text
            chosen: modelData.chosen
            onClicked: root.vm.choose(modelData.code)
        }
    }

    Repeater {
        model: root.vm.right

        PlaceName {
            required property var modelData
            required property int index

            objectName: "place_" + modelData.code
            x: root.width - Theme.sp.m - width
            y: root.rowY(index, root.vm.right.length)
            width: root.nameWidth
            height: root.nameHeight
            text: modelData.text
            chosen: modelData.chosen
            onClicked: root.vm.choose(modelData.code)
        }
    }
}

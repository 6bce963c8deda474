pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls

// Departments as on a board in the lobby: name, floor and room; of one size, the tallest text decides for all.
Grid {
    id: root

    property var tiles: []
    property real least: Theme.landscape ? 108 : 124
    property real tallest: least

    signal tapped(string code)

    function measure(): void {
        let height = least;
        for (let place = 0; place < repeater.count; place++)
            height = Math.max(height, repeater.itemAt(place)?.implicitHeight ?? 0);
        tallest = height;
    }

    spacing: Theme.sp.s
    onLeastChanged: measure()
    onTilesChanged: measure()

    Repeater {
        id: repeater

        model: root.tiles
        onCountChanged: root.measure()

        SignTile {
            required property var modelData

            objectName: "place_" + modelData.code
            width: (root.width - (root.columns - 1) * root.spacing) / root.columns
            height: root.tallest
            icon: modelData.icon
            text: modelData.text
            hint: modelData.hint
            onImplicitHeightChanged: root.measure()
            onClicked: root.tapped(modelData.code)
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls

// Tiles of one size: the tallest text decides for all.
Grid {
    id: root

    property var tiles: []
    property string prefix
    property real least: 188
    property bool beside: false
    // Who may hear the words of the tiles read aloud, as in Txt.
    property bool openWords: false
    property real tallest: least

    signal tapped(string code)

    function measure(): void {
        let height = least;
        for (let place = 0; place < repeater.count; place++)
            height = Math.max(height, repeater.itemAt(place)?.implicitHeight ?? 0);
        tallest = height;
    }

    columns: 4
    spacing: Theme.sp.s
    onLeastChanged: measure()

    Repeater {
        id: repeater

        model: root.tiles
        onCountChanged: root.measure()

        ComplaintTile {
            required property var modelData

            objectName: root.prefix + modelData.code
            width: (root.width - (root.columns - 1) * root.spacing) / root.columns
            height: root.tallest
            icon: modelData.icon
            text: modelData.text
            chosen: modelData.chosen
            beside: root.beside
            onImplicitHeightChanged: root.measure()
            onClicked: root.tapped(modelData.code)
        }
    }
}

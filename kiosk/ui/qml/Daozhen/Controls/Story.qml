pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Daozhen.ViewModels

// What the kiosk does, told in the garden gate: say it, answer, see the way, take the slip. A few still pictures that
// follow each other; between two changes nothing is drawn at all. Where nothing moves, the stones tell it alone.
Item {
    id: root

    property real px: 600
    property bool moving: false
    // -1 is the gate alone.
    property int step: -1
    property int stepMs: 3600
    // Where nobody is heard, nobody is told to speak.
    property bool spoken: true
    readonly property var scenes: [...(spoken ? ["speak"] : []), "ask", "way", "slip"]
    readonly property var icons: [...(spoken ? ["mic"] : []), "question", "route", "ticket"]
    readonly property bool playing: moving && !Theme.still && visible && Window.visibility !== Window.Hidden && Window.visibility !== Window.Minimized
    readonly property bool hasStones: px >= 360
    readonly property real stone: px >= 520 ? 96 : 76
    readonly property real gatePx: Math.floor(hasStones ? px - stone - Theme.sp.m : px)

    width: Math.max(gatePx, hasStones ? stones.width : 0)
    height: px
    onPlayingChanged: if (!playing)
        step = -1

    Accessible.ignored: true

    Timer {
        interval: root.stepMs
        repeat: true
        running: root.playing
        onTriggered: root.step = root.step + 1 < root.scenes.length ? root.step + 1 : -1
    }

    MoonGate {
        id: gate

        anchors.horizontalCenter: parent.horizontalCenter
        px: root.gatePx
    }

    // Only a screen that nobody has touched for a while needs the scenes.
    Loader {
        anchors.fill: gate
        active: root.playing

        sourceComponent: Item {
            Repeater {
                model: root.scenes

                Image {
                    id: scene

                    required property string modelData
                    required property int index
                    readonly property bool now: root.step === index

                    anchors.fill: parent
                    visible: opacity > 0
                    opacity: now ? 1 : 0
                    asynchronous: true
                    sourceSize: Qt.size(gate.devicePx, gate.devicePx)
                    source: DesignTokens.picture("story-" + modelData + (Theme.mode === "light" ? "-light" : "-dark"))

                    Accessible.ignored: true

                    Behavior on opacity {
                        NumberAnimation {
                            duration: Theme.motion.page
                        }
                    }
                }
            }
        }
    }

    Row {
        id: stones

        visible: root.hasStones
        anchors {
            horizontalCenter: parent.horizontalCenter
            bottom: parent.bottom
        }
        spacing: Theme.sp.s

        Repeater {
            model: root.icons

            Row {
                id: part

                required property string modelData
                required property int index
                readonly property bool now: root.step === index

                spacing: Theme.sp.s

                // The path from the stone before.
                Row {
                    visible: part.index > 0
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 10

                    Repeater {
                        model: 3

                        Rectangle {
                            width: 8
                            height: 8
                            radius: 4
                            color: Theme.c.outline
                        }
                    }
                }

                Rectangle {
                    width: root.stone
                    height: root.stone
                    radius: root.stone / 2
                    color: part.now ? Theme.c.accent : Theme.c.accentTint

                    Icon {
                        anchors.centerIn: parent
                        name: part.modelData
                        px: Math.round(root.stone * 0.56)
                        tint: part.now ? Theme.c.onAccent : Theme.c.accent
                    }
                }
            }
        }
    }
}

pragma Singleton
import QtQuick
import Daozhen.ViewModels

// Every colour, size and duration of the design, in dp (4.034 dp = 1 mm). Main.qml gives it the appearance and canvas.
QtObject {
    property AppearanceViewModel appearance: null
    property bool landscape: false
    // Device pixels per dp.
    property real scale: 1

    // True for a moment after a page has turned: a second tap was meant for the page before.
    property bool turning: false

    readonly property var tokens: DesignTokens.read()
    readonly property string mode: appearance ? appearance.theme : "light"
    readonly property bool zh: appearance ? appearance.chinese : true
    readonly property bool mirrored: appearance !== null && appearance.rightToLeft
    readonly property real big: tokens.type.textFactors[appearance ? appearance.textStep : 0]
    // Twice the usual size: pages give up columns and are shown in steps where they do not fit.
    readonly property bool largest: big >= 2
    // Title left, content right.
    readonly property bool sideBySide: landscape && !largest
    readonly property bool low: appearance !== null && appearance.low
    readonly property bool still: appearance !== null && appearance.reduceMotion
    // The page is being read aloud, or the screen is dark for whoever listens.
    readonly property bool read: appearance !== null && (appearance.readAloud || appearance.curtain)

    // Room below the page, above the dock, that the shared button to talk takes.
    property real talkRoom: 0

    readonly property string family: tokens.font.family
    readonly property var c: tokens.color[mode]
    readonly property var acuity: tokens.acuity[mode]
    readonly property var sp: tokens.space
    readonly property var rad: tokens.radius
    readonly property var target: tokens.target
    readonly property var type: tokens.type
    // Borders never fall below two device pixels.
    readonly property var bw: ({
            hair: Math.max(tokens.border.hair, 2 / scale),
            control: Math.max(tokens.border.control, 2 / scale),
            selected: Math.max(tokens.border.selected, 4 / scale),
            focus: Math.max(tokens.border.focus, 4 / scale),
            focusGap: tokens.border.focusGap
        })
    readonly property var motion: still ? ({
            press: 0,
            state: 0,
            page: 0,
            level: tokens.motion.level,
            ringPulse: 0,
            pageShift: 0
        }) : tokens.motion
    // Latin words are wider than Chinese ones: English titles step down one notch.
    readonly property real titleFactor: zh ? 1 : 0.86

    function size(role: string): int {
        return Math.round(tokens.type[role].dp * Math.min(big, tokens.type[role].mostFactor ?? big));
    }

    // Without what only holds a word together at the end of a line.
    function plain(text: string): string {
        return text.replace(/\u2060/g, "").replace(/\u00a0/g, " ");
    }

    function hex(colour: color): string {
        return ("" + colour).slice(-6);
    }
}

import QtQuick
import QtQuick.Window

// Body of a page: the sentence to read above, the things to touch below. Header and dock belong to Main.qml; the page
// ends at the dock's upper edge. In landscape the title stands left and the content right.
// What does not fit, as in the largest text, is shown in steps with two buttons; nothing is cut in the middle.
Item {
    id: root

    property string title
    property string subtitle
    // What went wrong with the last touch or words, and what to do.
    property string problem
    // Height that the content needs; low reach moves the title down as far as this leaves room.
    property real contentHeight: 0
    // Height without which the content would overlap; 0 is a content that finds its own room.
    property real need: 0
    // Touching one part of the content shows in another: both stay on one step.
    property bool together: false
    // All of the content is there to be touched: on a tall panel it comes in steps before it leaves the arm's reach.
    property bool withinReach: false
    // Two columns need more room than there is: a longer language, larger text.
    property bool crowded: false
    property bool sideBySide: Theme.sideBySide && !crowded
    // The left column of landscape needs the room above its title.
    property bool tight: false
    readonly property real headBottom: 132
    // Low and wide, every line counts.
    readonly property bool cramped: Theme.largest && Theme.landscape
    readonly property real titleGap: cramped ? Theme.sp.s : Theme.sp.xl
    property real contentTop: sideBySide ? headBottom : titles.y + titles.height + (titles.height > 0 ? titleGap : 0)
    readonly property real titlesHeight: titles.height
    // The left column of landscape, as the content sees it.
    readonly property real sideX: Theme.mirrored ? body.width + Theme.sp.xl + 16 : -(740 + Theme.sp.xl + 16)
    readonly property real sideTop: titles.y + titles.height + Theme.sp.l - contentTop
    // The least that stands above the content of the left column.
    readonly property real sideLeast: 148 - headBottom + titles.height + Theme.sp.l
    readonly property real titleNeed: sideBySide || titles.height === 0 ? headBottom : headBottom + titles.height + titleGap
    readonly property bool paged: titleNeed + need + Theme.sp.xl > height + 1 || ((Theme.largest || withinReach) && !Theme.landscape && need + Theme.sp.xl + dockHeight > (Theme.low ? Theme.target.lowReach : Theme.target.reach))
    property var steps: [[0, 0]]
    property int step: 0
    readonly property bool lowSteps: Theme.low && !Theme.landscape
    // A step ends where the arm does, above the lower edge of the screen; a tall panel leaves its upper part empty.
    readonly property real armRoom: (Theme.low ? Theme.target.lowReach : Theme.target.reach) - dockHeight - pager.height
    readonly property real stepRoom: Math.min(height - pager.height - headBottom, Theme.landscape ? height : armRoom)
    readonly property real dockHeight: 196 + Theme.talkRoom
    readonly property var current: steps[Math.min(step, steps.length - 1)]
    readonly property Item focused: Window.activeFocusItem
    default property alias content: body.data

    // Parts that are never cut: [top, bottom, heads the next one] of controls, cards, texts and pictures.
    function collect(item: var, found: var): void {
        for (const child of item.children) {
            if (!child.visible || child.opacity === 0 || child.height === 0)
                continue;
            const button = child as Pressable;
            const panel = child.whole === true;
            const touchable = button !== null && !panel;
            if (touchable || (panel && child.height <= stepRoom) || child as Text || child as Image) {
                const air = touchable ? 8 : panel ? Math.max(0, Math.min(4, (stepRoom - child.height) / 2 - 1)) : 0;
                const top = child.mapToItem(sheet, 0, 0).y;
                const bottom = child.mapToItem(sheet, 0, child.height).y;
                // A text that is longer than a step is cut between its lines.
                const lines = bottom - top > stepRoom ? Math.max(1, (child as Text)?.lineCount ?? 1) : 1;
                for (let line = 0; line < lines; line++)
                    found.push([top - air + line * (bottom - top) / lines, top + air + (line + 1) * (bottom - top) / lines, child.heads === true]);
            } else {
                const first = found.length;
                collect(child, found);
                // The lower edge of a panel goes with what is last on it.
                const last = Math.max(...found.slice(first).map(part => part[1]));
                const edge = child.mapToItem(sheet, 0, child.height).y;
                if (panel && edge > last)
                    found.push([last, edge, false]);
            }
        }
    }

    function joinHeads(parts: var): void {
        for (const part of parts) {
            const next = parts.filter(other => other[0] >= part[1] - 1).reduce((one, other) => one && one[0] <= other[0] ? one : other, null);
            if (part[2] && next && next[1] - part[0] <= stepRoom)
                part[1] = next[1];
        }
    }

    // Positioners place their children with the next frame only.
    function arrange(item: var): void {
        for (const child of item.children)
            arrange(child);
        if (item.forceLayout)
            item.forceLayout();
    }

    function measure(): void {
        arrange(sheet);
        if (!paged) {
            steps = [[0, height]];
            step = 0;
            return;
        }
        if (sideBySide && !crowded) {
            crowded = true;
            return;
        }
        const parts = [];
        collect(titles, parts);
        if (together && need + 8 <= stepRoom)
            parts.push([contentTop - 8, contentTop + need]);
        else
            collect(body, parts);
        joinHeads(parts);
        const found = [];
        let start = headBottom - 8;
        while (start + stepRoom < contentTop + need && found.length < 12) {
            let end = start + stepRoom;
            for (let moved = true; moved;) {
                moved = false;
                for (const [top, bottom] of parts)
                    if (top < end - 1 && bottom > end + 1 && top > start + 8 && bottom - top <= stepRoom) {
                        end = top;
                        moved = true;
                    }
            }
            found.push([start, end]);
            start = end;
        }
        // The last step is full, too: it begins with what was seen before.
        const last = contentTop + need + 12;
        let from = Math.min(start, last - stepRoom);
        for (let moved = true; moved;) {
            moved = false;
            for (const [top, bottom] of parts)
                if (top < from - 1 && bottom > from + 1 && bottom <= start + 1) {
                    from = bottom;
                    moved = true;
                }
        }
        found.push([found.length > 0 ? Math.min(from, start) : start, last]);
        steps = found;
        step = Math.min(step, found.length - 1);
    }

    function follow(item: Item): void {
        let parent = item;
        while (parent && parent !== sheet)
            parent = parent.parent;
        if (!paged || !parent)
            return;
        const middle = item.mapToItem(sheet, 0, item.height / 2).y;
        const found = steps.findIndex(([start, end]) => middle < end);
        if (found >= 0)
            step = found;
    }

    function begin(): void {
        step = 0;
        crowded = false;
    }

    onTitleChanged: begin()
    Component.onCompleted: later.restart()
    onFocusedChanged: follow(focused)
    onCrowdedChanged: later.restart()
    onNeedChanged: later.restart()
    onPagedChanged: later.restart()
    onHeightChanged: {
        crowded = false;
        later.restart();
    }
    onTitlesHeightChanged: later.restart()
    onStepRoomChanged: later.restart()
    onContentTopChanged: later.restart()

    Connections {
        target: Theme

        function onBigChanged(): void {
            root.begin();
        }

        function onLandscapeChanged(): void {
            root.begin();
        }
    }

    // Not Qt.callLater, which would call into a page that is gone.
    Timer {
        id: later

        interval: 0
        onTriggered: root.measure()
    }

    Item {
        readonly property bool stepsFromBelow: root.stepRoom < root.height - pager.height - root.headBottom

        y: !root.paged ? 0 : stepsFromBelow ? pager.y - height : root.headBottom - 8
        width: parent.width
        height: root.paged ? root.current[1] - root.current[0] : parent.height
        clip: root.paged

        Item {
            id: sheet

            y: root.paged ? -root.current[0] : 0
            width: parent.width
            height: root.paged ? root.contentTop + root.need + Theme.sp.xl : root.height

            Column {
                id: titles

                readonly property real lowest: root.need > 0 ? Math.max(root.headBottom, root.height - 2 * Theme.sp.xl - height - root.need) : root.height

                x: root.sideBySide && Theme.mirrored ? parent.width - width - Theme.sp.xl : Theme.sp.xl
                y: root.paged ? root.headBottom : root.sideBySide ? Theme.big > 1 || root.tight ? 148 : 200 : Math.min(lowest, Theme.low ? Math.max(176, Math.min(root.height + Theme.talkRoom - 1060, root.height - 2 * Theme.sp.xl - height - root.contentHeight)) : 176)
                width: root.sideBySide ? 740 : parent.width - 2 * Theme.sp.xl
                spacing: root.cramped ? Theme.sp.xs : Theme.sp.m

                // A little smaller before one word stands alone on a second line.
                FittedTxt {
                    room: parent.width
                    smallest: 0.84
                    width: parent.width
                    visible: text !== ""
                    role: "title"
                    text: root.title
                }

                Txt {
                    width: parent.width
                    visible: text !== ""
                    role: "body"
                    color: Theme.c.ink2
                    text: root.subtitle
                }

                Txt {
                    objectName: "problem"
                    width: parent.width
                    visible: text !== ""
                    strong: true
                    color: Theme.c.warn
                    text: root.problem
                }
            }

            Item {
                id: body

                anchors {
                    right: parent.right
                    rightMargin: Theme.sp.xl
                    top: parent.top
                    topMargin: root.contentTop
                    bottom: parent.bottom
                    bottomMargin: Theme.sp.xl
                }
                width: root.sideBySide ? parent.width - 740 - 3 * Theme.sp.xl - 16 : parent.width - 2 * Theme.sp.xl
            }
        }
    }

    StepButtons {
        id: pager

        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.paged
        step: root.step
        steps: root.steps.length
        onUp: root.step -= 1
        onDown: root.step += 1
    }
}

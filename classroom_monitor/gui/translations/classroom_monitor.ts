<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>AdviceList</name>
    <message>
        <source>Advice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlertBanner</name>
    <message>
        <source>Turn &amp;alerts off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for {0} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for under a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More negative than usual {0}: {1}, usually {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low coverage {0}: {1} of the expected faces can be used, {2} is the limit.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnnotationDialog</name>
    <message>
        <source>A time is typed as 12:30 or 1:02:03, at most {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reason (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ti&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnnotationPanel</name>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the selected row (F2 types over it)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the selected rows (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackupFlow</name>
    <message>
        <source>Back up all sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backed up to {1}, sessions: {0}. Without the passphrase it stays closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions that came back: {0}, already there: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaptureNotice</name>
    <message>
        <source>No picture from the source: trying again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused: the camera is closed, and the session&apos;s clock goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChangeRows</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By chance (p)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1} rose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1} fell</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChangesPanel</name>
    <message>
        <source>What stood out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for changes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stood out: no step in the shares is larger than chance explains well.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Saving the session, then closing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping the recordings, then closing…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareChoices</name>
    <message>
        <source>Every session from its own start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every segment from its own start, by title.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Means of whole sessions, with bounds that say how sure they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segments with the same title begin at the same place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No two of these sessions have a segment of the same title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces seen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>← &amp;All sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the list (Alt+←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write these sessions as tables or reports (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared sessions in numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} over its weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} sessions compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {0} sessions…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy the comparison as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save the comparison as a picture…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparedRows</name>
    <message>
        <source>Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a title</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparisonPicture</name>
    <message>
        <source>Save the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparisonPlot</name>
    <message>
        <source>Compared sessions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeskChoices</name>
    <message>
        <source>Alerts are off. They can be adjusted in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn on again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineField</name>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic: the GPU if there is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU (Keras)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, whole numbers: quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What computes the moods, from the next session on. Where it fails or isn&apos;t there, the next one goes on, and the status line says so.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExclusionRows</name>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions to export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportTarget</name>
    <message>
        <source>Where to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page for each session goes to this folder, and one over them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each session gets a file of its own in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file exists and will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesPart</name>
    <message>
        <source>Folder of the sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of added models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of an added face model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next session on; earlier ones stay where they are. A folder on this computer, not on a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added &amp;models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where bundles that you add are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added &amp;face model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where YuNet&apos;s file is kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FinderField</name>
    <message>
        <source>MediaPipe (default)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (cannot be used)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face finder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What finds faces, from the next session on. YuNet finds more small faces; &apos;classroom-monitor models add&apos; adds its file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>It shows the room as a group, second by second, and not people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It keeps no pictures. Faces are followed in memory only; counts and shares are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An expression is not an emotion: a frown may be concentration, a smile politeness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the EU, using AI to infer people&apos;s emotions in education is prohibited, except for medical or safety reasons (&lt;a href=&apos;{0}&apos;&gt;AI Act, Regulation (EU) 2024/1689&lt;/a&gt;, Article 5(1)(f), since 2 February 2025).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So the program starts in &lt;b&gt;counts-only mode&lt;/b&gt;: it counts faces and shows coverage. It computes no moods and does not even load the classifier. Leaving this mode takes a written statement in the settings, which is kept in a log on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data protection law applies as well. This is information, not legal advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other rules may apply to you, such as data protection law or those of your institution. Tell those present that a camera is used, that faces are counted and expressions estimated for the room as a whole, and that no pictures are kept. Your statement is kept in a log on this computer. This is information, not legal advice.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>In the &amp;European Union</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;lsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Those present are told before every session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the &amp;demo first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drawn lecture, without a camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Notice for the room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page to show or print, which tells those present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this program is, and what it isn&apos;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is it used?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormatChoice</name>
    <message>
        <source>&amp;PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a report of one page, to print or to hand on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;HTML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same page, for a browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xcel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a workbook: report, segments, every second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every second as a table, with a description beside</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Seen now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces in the picture, this second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces large, sharp and certain enough to count towards the mix.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used faces of those expected from the last three minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the last 5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {0} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Small window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Shows how a room as a whole looks, second by second.&lt;/p&gt;&lt;p&gt;It shows the group, not people. An expression is not an emotion: a frown may be concentration. Faces are followed in memory only; no pictures are kept.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Classroom Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the marker with that number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the large window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the next marker, segment or left out stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan; move what is selected, with Shift ten times as far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the cursor that reads values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan by a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete; it can be undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a finished one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeepingPart</name>
    <message>
        <source> days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until you delete them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Physics 1: 365</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older ones are deleted for good when the window opens. You are asked the first time, and after every change of these rules. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For some &amp;courses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for each course with days of its own; 0 keeps its sessions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeping: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bounds of the shares: the more faces, the closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>faces used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen but not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListActions</name>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the selected sessions; it can be undone (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the selected sessions as files (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the &amp;weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected session&apos;s course, week by week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lay the selected sessions over each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the session (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveDesk</name>
    <message>
        <source>Opening the source and loading the models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a source and press Start (F5). A room check (F6) shows beforehand which faces can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts only: no moods are computed, because the region is set to EU and no lawful exception is on record (Settings). Faces and coverage are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused. The camera is closed until you resume (P).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Demo: built-in pictures, no camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving the session…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session ended before its first picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: {0}, {1} markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LivePart</name>
    <message>
        <source>Stacked shares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how &amp;sure the shares are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quiet alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>question, exercise, discussion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the three shares are drawn. Default: stacked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A band around each line, wider with fewer faces. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;moothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over how many seconds the lines and the present figure are averaged. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line in the window, without a sound. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar&amp;ker keys 1 to 9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they set, separated by commas. Keys without a text set their number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rise of negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far above its usual part of the room. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Coverage below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So few of the expected faces can be used. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;fter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it lasts before it is said. </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveTimeline</name>
    <message>
        <source>Timeline of the running session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>15 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the session the timeline shows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statements on record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done with sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save diagnostics…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions, this computer, settings and log, without names, texts or paths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was stated so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was done so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: {0}. It holds no names, texts or paths.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log and statements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here messages are whole. The file that is kept, and saved diagnostics, hold no names, texts or paths.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;essions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classroom Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the group, not people. An expression is not an emotion. No pictures are kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarkerButtons</name>
    <message>
        <source>Marker “{0}” (key {1})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarkerRows</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Marker {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chec&amp;k the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a &amp;marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a marker te&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a &amp;numbered marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a t&amp;opic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back up all sessions…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore from a backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small &amp;window over the slides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh &amp;cameras or sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Notice for the room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MiniView</name>
    <message>
        <source>Classroom Monitor, small window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar&amp;ker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn &amp;alerts off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resu&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces, coverage {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage {0}   {1} used of {2} seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark this moment (M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close or open the camera (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the large window (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used faces of those expected from the last three minutes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MixLine</name>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelField</name>
    <message>
        <source>{0} (cannot be used)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (default)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that tells the moods apart, from the next session on. &apos;classroom-monitor models add&apos; adds one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelNotice</name>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelsPart</name>
    <message>
        <source> a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions use the default model: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions use MediaPipe: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What tells moods apart, from the next session on. In counts-only mode: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What computes it. Automatic takes the quickest that works here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Face finder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MediaPipe comes with the program; YuNet is a model file that you add.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usual resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a camera is asked for. Default: automatic, which is 1080p.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Looks at recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many pictures of a second of a recording are looked at. </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NowFigure</name>
    <message>
        <source>The mix now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than {0} used faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of the last {0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>falling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steady</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}%  {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageHead</name>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>&amp;Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without it nobody can open the backup, and there is no way back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} characters or more, several words say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the same passphrase twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture with a box around every face</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlotSaving</name>
    <message>
        <source>Save the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message>
        <source>&amp;Leave out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave these seconds out of summaries, comparisons and exports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unselect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1} ({2})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:.0f} seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coverage {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} s mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:.0f} used of {1:.0f} seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coverage {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordingTable</name>
    <message>
        <source>Recordings to analyse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter opens, Space pauses or resumes, Delete cancels or removes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop video files or folders here: each recording becomes a session.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordingTableModel</name>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordingsPage</name>
    <message>
        <source>optional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add recordings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose video files (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} recordings analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of a recording&apos;s frames a second are looked at; fewer are faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it wait, or go on (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop it; finished seconds stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on where it stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review it (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off the &amp;list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its session stays (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Group minimum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loo&amp;ks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;urse</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RetentionNotice</name>
    <message>
        <source>Delete them…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete old sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions kept longer than your settings say: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete old sessions for good: {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be undone. Later on, sessions that have become as old as your settings say are deleted when the window opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted for good, as they were kept as long as your settings say: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomAdvice</name>
    <message>
        <source>No face is found yet. Check again once somebody sits in the room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {0} faces that are seen are large, sharp and light enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} usable faces: a mix is shown from {1} on, with fewer only counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: faces from {1} px, counted as seen only ({2} px are needed).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {3} of {4} faces, from {1} px, are counted as seen only, because {2} px are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1} of {2} faces are blurred and counted as seen only. Focus the camera, clean its lens and keep it still; more light helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: faces are dark ({1} of white; under {2} they are missed and told apart less well). Turn on lights there, and close blinds behind them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: faces are too bright ({1} of white; over {2} they are missed and told apart less well). Dim the light on them, or lower the camera&apos;s exposure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: faces from {1} px. Under {2} px more of them are missed. {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room mode finds smaller ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YuNet finds more of them, and so does a camera that is closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A camera that is closer finds more of them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomCheckPanel</name>
    <message>
        <source>Looking at the room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the source and loading the models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check has ended. The camera is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} faces usable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room check</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomNotice</name>
    <message>
        <source>Notice for the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>who answers questions; empty: a line to write on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the whole screen, for a projector; Esc ends it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as P&amp;DF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as &amp;HTML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A camera counts faces in this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A camera looks at this room as a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures and no sound are kept, and nobody is recognised. Faces are followed in memory only, while they are in sight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>During this lecture a program counts the faces that a camera sees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not look at expressions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is saved, second by second: how many faces were seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>During this lecture a program estimates, for the room as a whole, how many faces look positive, neutral or negative.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is saved, second by second: how many faces were seen, and the group&apos;s shares where at least {0} faces count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An expression is not an emotion, and the program can be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions or objections:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomPicture</name>
    <message>
        <source>Picture with the room&apos;s nine parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} px · {1} of {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} px</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomRemedies</name>
    <message>
        <source>Choose {0} if the camera has it (about {1} px), or move it closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the camera closer, to {0}% of the distance, or zoom in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera gives {0}, not {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomTable</name>
    <message>
        <source>Measured in each part of the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>room {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left and right as in the picture; the back is its upper part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces large and sharp enough to be used, of those found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The middle of the faces&apos; longer sides, in pixels of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How bright faces are, 100% is white; without faces that part of the room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine detail of the faces against their contrast; blurred faces have little.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomWords</name>
    <message>
        <source>Back left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Front left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Front centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Front right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Front rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole room</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SegmentImportDialog</name>
    <message>
        <source>Import segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When in the session the first one begins, as 12:30</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Replace the {0} segments there are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A time is typed as 12:30 or 1:02:03.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} would begin after the session&apos;s end and are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segments to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First one &amp;begins at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Minutes each, where the file has no time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SegmentImporting</name>
    <message>
        <source>Import segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables and slides (*.csv *.pptx)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SegmentRows</name>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a mix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before the first segment</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionChoices</name>
    <message>
        <source>Course</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optional, for example Statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optional, for example Week 3: regression</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionControls</name>
    <message>
        <source>the topic that starts now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;opic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optional text for the next marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar&amp;ker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small &amp;window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop an&amp;d save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resu&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the camera again (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the camera until you resume; the clock goes on (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark this moment (M, or 1 to 9 for a numbered marker)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a segment with this topic now (T goes to its field)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small window that stays above the slides ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and save the session (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Topic that starts now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker te&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionDetails</name>
    <message>
        <source>for example Statistics I</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you want to remember of this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded {0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces looked for in mode: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shares of at least {0} used faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts only: no moods were computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {0}, engine {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bounds of a second at {0}%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made with version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;itle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;urse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionEditing</name>
    <message>
        <source>removing {0} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>importing segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marker here…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Segment from here…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adding the marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adding the segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leaving out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changing the marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changing the segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changing what is left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removing the marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removing the segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bringing back what was left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionExports</name>
    <message>
        <source>Exported to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} sessions exported to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The timeline is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The comparison is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionFields</name>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room: also finds small faces in the back rows. Near: a few large faces, fast.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a camera is asked for; it gives the nearest that it has. Automatic asks for 1080p. Recordings and streams have a resolution of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group minimum: fewest used faces for a mix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second with fewer used faces than this has no mix, only counts: on screen, in the store and in exports. With 1 or 2 you see the expressions of single people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not protect against comparing: when one person comes, goes or is lost between two neighbouring seconds that both have a mix, the difference between the two can give away that person&apos;s part.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionHead</name>
    <message>
        <source>← &amp;All sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the list (Alt+←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● being recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is read again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the session as table or report (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shares of at least {0} faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counts only: no moods were computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy the timeline as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save the timeline as a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete the session</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Search title, course, notes, source, date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every word must be in the session (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show one course&apos;s sessions only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No session fits the search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No session is stored yet. The Live page makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All courses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a course</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionSetup</name>
    <message>
        <source>Sta&amp;rt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the session (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;End the check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chec&amp;k the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the camera (F6)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the picture, and how large, light and sharp faces are in it (F6). Nothing is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List the cameras again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resol&amp;ution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Face finder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Group minimum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Course</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionSummary</name>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a mix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the seconds with enough used faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median of the faces seen in a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median of used faces of those expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mix of the whole session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionTable</name>
    <message>
        <source>Stored sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter opens, F2 renames, Delete deletes; Ctrl or Shift selects several.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionTableModel</name>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionTabs</name>
    <message>
        <source>&amp;Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a segment at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read segments from a table (CSV) or slides (PPTX)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a marker at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave a stretch out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretches left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stood out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionTrash</name>
    <message>
        <source>“{0}” is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} sessions are deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>Timeline of the opened session</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are the defaults. Save keeps them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read from the file. Save keeps it. Where the program is used and what was stated is not taken from a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models and cameras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Im&amp;port…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rese&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsFlow</name>
    <message>
        <source>Import settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsRows</name>
    <message>
        <source>{0:g} to {1:g}{2}, default {3:g}{2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1} %, default {2} %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: off.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
    <message>
        <source>Source of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of an RTSP or HTTP stream:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (not there)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo lecture (no camera)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream address…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Lost: frames that the camera gave and nobody could take. Skipped: frames that a newer one replaced before it was analysed; that is normal. Delay: from the picture to its finished analysis. Scored: how often each face is looked at for its mood; four times a second is the aim.
On a computer that is too slow for that, quality is reduced in this order: faces are no longer scored a second time as a mirror image; new faces are looked for at half speed, then at a quarter; faces are scored twice a second, then once. It comes back by itself when there is time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No session is running. F5 starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:.1f} frames/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0:.1f} analysed/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delay {0:.0f} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each face scored {0:.1f}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finder {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Coverage: used of expected faces</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineOptions</name>
    <message>
        <source>Stacked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The three shares on each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for each share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How sure the shares are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over how many seconds means are taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} s mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message>
        <source>Left out from {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker at {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segment from {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1} of {2})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change: {0} {1} → {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UsePart</name>
    <message>
        <source>Which exception applies here, and who decided so. Empty: counts only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;I make this statement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Those present are told before every session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N&amp;otice for the room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a &amp;mood on every single face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not chosen yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>European Union</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside the EU, say that those present are told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm the statement of an exception, or take it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Region of use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lawful &amp;exception</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The statement is kept in the log with its date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That a camera is used, faces are counted and expressions estimated for the room as a whole, and that no pictures are kept. Kept in the log with its date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page to show or print, which tells those present.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usual mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a new session begins with. Default: Room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual &amp;group minimum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second with fewer used faces has counts only. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the preview. The program is made for groups. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the EU the program counts faces only, unless a lawful exception is on record: AI Act, Regulation (EU) 2024/1689, Article 5(1)(f), since 2 February 2025.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Article 5(1)(f) leaves out uses for medical or safety reasons only. Without a statement no moods are computed, by the commands either. This is information, not legal advice.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WeeksPlot</name>
    <message>
        <source>The course over its weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>week {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowNotices</name>
    <message>
        <source>Sessions use the default model. The chosen one cannot be used: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions find faces with MediaPipe. What was chosen cannot be used: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An error in the program: {0}. The log has the details; what runs goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

// Served as /sw.js in one piece with all it needs (desk/phone/installed.py), after a line that says INSTALLED: where
// styles and scripts of this version lie, and which of them no page can do without.
import "./worker_pages.js";
import "./worker_push.js";
import "./worker_queue.js";
import "./worker_share.js";

// Writing an item: the text as it will look instead of its HTML, pasted words without their fonts, a draft that saves
// itself. Without this script the form works as it stands; what may be stored is decided on the server alone (body.py).
(function () {
  "use strict";
  const form = document.getElementById("item-form");
  const area = form && form.querySelector("textarea[data-rich]");
  if (!form || !area) return;

  const KEPT = { P: [], BR: [], H2: [], H3: [], H4: [], STRONG: [], EM: [], U: [], S: [], SUB: [], SUP: [], BLOCKQUOTE: [],
    UL: [], OL: ["start"], LI: [], TABLE: [], CAPTION: [], THEAD: [], TBODY: [], TFOOT: [], TR: [],
    TH: ["colspan", "rowspan", "scope"], TD: ["colspan", "rowspan"], A: ["href", "title"], IMG: ["src", "alt"], HR: [] };
  const SAME = { B: "STRONG", I: "EM", H1: "H2", H5: "H4", H6: "H4", DIV: "P" };
  const GONE = new Set(["SCRIPT", "STYLE", "HEAD", "META", "LINK", "TITLE", "IFRAME", "OBJECT", "SVG", "MATH", "XML"]);
  const BLOCKS = "P,TABLE,UL,OL,LI,H2,H3,H4,BLOCKQUOTE,DIV,HR";

  // A copy of a node with only what a body may hold. Styles are dropped, so that nothing inline is ever on the page.
  function copied(node, into) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) { into.append(child.textContent); continue; }
      if (child.nodeType !== Node.ELEMENT_NODE || GONE.has(child.tagName.toUpperCase())) continue;
      let name = SAME[child.tagName] || child.tagName;
      if (name === "P" && child.querySelector(BLOCKS)) name = "";
      if (!(name in KEPT)) { copied(child, into); continue; }
      const made = document.createElement(name);
      for (const attribute of KEPT[name]) {
        const value = child.getAttribute(attribute);
        if (value === null) continue;
        if ((attribute === "href" || attribute === "src") && !/^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(value.trim())) continue;
        made.setAttribute(attribute, value);
      }
      copied(child, made);
      into.append(made);
    }
    return into;
  }
  function tidy(html) {
    // Styles go before the parser sees them: it would report each one to the page's security policy.
    const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
    const parsed = new DOMParser().parseFromString(bare, "text/html");
    return copied(parsed.body, document.createElement("div")).innerHTML;
  }
  function asHtml(text) {
    if (/<\/?[a-z][^>]*>/i.test(text)) return tidy(text);
    const made = document.createElement("div");
    for (const line of text.split(/\r?\n/)) {
      if (!line.trim()) continue;
      const paragraph = document.createElement("p");
      paragraph.textContent = line.trim();
      made.append(paragraph);
    }
    return made.innerHTML;
  }

  const rich = document.createElement("div");
  rich.className = "rich";
  rich.contentEditable = "true";
  rich.setAttribute("role", "textbox");
  rich.setAttribute("aria-multiline", "true");
  const label = form.querySelector("label[for='" + area.id + "']");
  if (label) { label.id = "label-body"; rich.setAttribute("aria-labelledby", "label-body"); label.addEventListener("click", () => rich.focus()); }
  rich.innerHTML = asHtml(area.value) || "<p><br></p>";
  const bar = document.createElement("div");
  bar.className = "rich-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  const ORDERS = [["小标题", "formatBlock", "h2"], ["正文段", "formatBlock", "p"], ["加粗", "bold"], ["编号", "insertOrderedList"],
    ["项目", "insertUnorderedList"], ["链接", "createLink"], ["表格", "table"], ["去格式", "removeFormat"], ["撤销", "undo"], ["看代码", "source"]];
  for (const [words, order, value] of ORDERS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => carryOut(order, value, button));
    bar.append(button);
  }
  function carryOut(order, value, button) {
    if (order === "source") {
      const showsSource = area.hidden === false;
      if (showsSource) rich.innerHTML = asHtml(area.value) || "<p><br></p>";
      else area.value = written();
      area.hidden = showsSource;
      rich.hidden = !showsSource;
      button.textContent = showsSource ? "看代码" : "看效果";
      return;
    }
    rich.focus();
    if (order === "createLink") {
      const address = window.prompt("网址（以 http 或 / 开头）");
      if (address) document.execCommand(order, false, address.trim());
    } else if (order === "table") {
      const row = "<tr>" + "<td><br></td>".repeat(3) + "</tr>";
      document.execCommand("insertHTML", false, "<table><tbody>" + row.repeat(3) + "</tbody></table><p><br></p>");
    } else {
      document.execCommand(order, false, value || null);
    }
    changed();
  }
  area.hidden = true;
  area.before(bar, rich);
  document.execCommand("defaultParagraphSeparator", false, "p");

  rich.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (!html && !text) return;
    event.preventDefault();
    document.execCommand("insertHTML", false, html ? tidy(html) : asHtml(text));
  });
  function written() {
    const copy = rich.cloneNode(true);
    return rich.textContent.trim() || copy.querySelector("img,table") ? tidy(copy.innerHTML) : "";
  }
  function fill() { if (area.hidden) area.value = written(); }
  form.addEventListener("submit", () => { fill(); isChanged = false; });

  // --- The draft saves itself half a minute after a change. Files wait for the button.
  let isChanged = false;
  let waiting = 0;
  const state = document.getElementById("save-state");
  const saysItself = form.dataset.savesItself === "1";
  function changed() {
    isChanged = true;
    if (saysItself && !waiting) waiting = window.setTimeout(save, 30000);
  }
  form.addEventListener("input", changed);
  rich.addEventListener("input", changed);
  async function save() {
    waiting = 0;
    if (!isChanged) return;
    fill();
    const data = new FormData(form);
    data.delete("uploads");
    for (const name of [...data.keys()]) if (/^attachment-\d+-(remove|place)$/.test(name)) data.delete(name);
    isChanged = false;
    try {
      const answer = await fetch(form.action || window.location.href, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (answer.ok) {
        form.querySelector("[name='edition']").value = said.edition;
        state.textContent = said.saved + " 已自动保存";
      } else {
        isChanged = true;
        state.textContent = "没有自动保存：" + said.error;
      }
    } catch (error) {
      isChanged = true;
      waiting = window.setTimeout(save, 30000);
      state.textContent = "网络不通，半分钟后再试；内容还在这个页面上。";
    }
  }
  // What is too large for one upload is said before it is sent: the server would not read the form that came with it.
  const uploads = document.getElementById("id_uploads");
  uploads.addEventListener("change", () => {
    let size = 0;
    for (const file of uploads.files) size += file.size;
    const most = Number(uploads.dataset.most);
    const said = "选的文件共 " + (size / 1048576).toFixed(1) + " MB，一次最多上传 " + most + " MB。请分几次选择、保存，或者压缩后再选。";
    uploads.setCustomValidity(size > most * 1048576 ? said : "");
    uploads.reportValidity();
  });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();

// Streamlit's own few words in the reader's language, the calendar as that language writes days, and the menu.
(() => {
  const { language, words, patterns } = window.hemvistShell;
  for (const [name, value] of [['language', language], ['languages', [language]]]) {
    Object.defineProperty(navigator, name, { get: () => value });
  }
  // On a telephone the menu covers the page: once a page is chosen, it folds away.
  document.addEventListener('click', (event) => {
    if (window.innerWidth > 768 || !event.target.closest('[data-testid="stSidebarNavLink"]')) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });
  if (!Object.keys(words).length && !patterns.length) return;
  const rules = patterns.map(([from, to]) => [new RegExp(`^${from}$`), to]);
  const ATTRIBUTES = ['aria-label', 'placeholder', 'title'];
  const said = (text) => {
    const plain = text.trim();
    if (!plain) return null;
    if (Object.hasOwn(words, plain)) return words[plain];
    const rule = rules.find(([from]) => from.test(plain));
    return rule ? plain.replace(rule[0], rule[1]) : null;
  };
  const ofText = (node) => {
    if (node.parentElement && node.parentElement.closest('.hv-clicks, [data-testid="stHtml"]')) return;
    const now = said(node.data);
    if (now !== null && now !== node.data) node.data = now;
  };
  const ofElement = (element) => {
    for (const name of ATTRIBUTES) {
      const now = element.hasAttribute(name) ? said(element.getAttribute(name)) : null;
      if (now !== null && now !== element.getAttribute(name)) element.setAttribute(name, now);
    }
  };
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return ofText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    ofElement(root);
    root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join()).forEach(ofElement);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) ofText(walk.currentNode);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(all);
      else if (change.type === 'characterData') ofText(change.target);
      else ofElement(change.target);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();

// Before the first paint: the chosen theme and language, so that nothing flashes. A file of its own because the page allows no inline script.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('corriere.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var language = localStorage.getItem('corriere.language');
    root.lang = language === 'it' || language === 'en' ? language : /^it\b/i.test(navigator.language) ? 'it' : 'en';
  } catch {
    // Storage may be forbidden; the system's theme and the page's language stand.
  }
})();

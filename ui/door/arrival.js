// The ticket stands behind the #, which no server is told: it goes on in a form, and out of the address.
(() => {
  const form = document.getElementById('arrival');
  form.elements.ticket.value = new URLSearchParams(location.hash.slice(1)).get('ticket') ?? '';
  history.replaceState(null, '', location.pathname);
  form.submit();
})();

// Sends the form of a page that goes on by itself (ADR-0062). It knows nothing of what is in it; without this script its button does the same.

(() => {
  const form = document.querySelector('form[data-posts-itself]');
  if (form instanceof HTMLFormElement) {
    // Not `form.submit`: a field of that name would stand in its place.
    HTMLFormElement.prototype.submit.call(form);
  }
})();

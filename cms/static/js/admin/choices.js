// A question's choices are listed in the first tab, and their words stand in one tab a language.
// When a choice is added there, its empty words are added to every tab; when it goes, they go.

function addWords({ formsetPrefix, formIndex }) {
  const prefix = formsetPrefix.replace(/^id_/, "");
  for (const template of document.querySelectorAll(`[data-choice-words-of-new="${prefix}"]`)) {
    const words = document.createElement("template");
    words.innerHTML = template.innerHTML.replaceAll("__prefix__", formIndex);
    template.parentElement.querySelector(`[data-choice-words="${prefix}"]`).append(words.content);
  }
}

function removeWords(child) {
  const prefix = child.id.replace(/^inline_child_/, "");
  for (const words of document.querySelectorAll(`[data-choice="${prefix}"]`)) {
    words.hidden = true;
  }
}

document.addEventListener("w-formset:added", (event) => addWords(event.detail));
document.addEventListener("w-formset:removed", (event) => removeWords(event.target));

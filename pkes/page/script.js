"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l");
  const word = find("Word"), place = find("Place"), status = find("Count");
  const items = [...find("List").children];
  const plural = new Intl.PluralRules(document.documentElement.lang);
  let texts;
  const show = () => {
    texts ??= items.map((item) => fold(item.textContent));
    const words = fold(word.value).split(/\s+/).filter(Boolean);
    const [kind, where] = [place.value.slice(0, 1), place.value.slice(1)];
    const sector = document.querySelector("input[name=sector]:checked").value;
    let count = 0;
    items.forEach((item, number) => {
      const fits =
        (!kind || item.dataset[kind] === where) && words.every((one) => texts[number].includes(one));
      if (item.classList.contains("out") === fits) item.classList.toggle("out", !fits);
      if (fits && (!sector || item.classList.contains(sector))) count += 1;
    });
    const said = status.dataset[plural.select(count)] ?? status.dataset.other;
    status.textContent = said.replace("{count}", count);
  };
  find("Finders").hidden = false;
  word.addEventListener("input", show);
  place.addEventListener("change", show);
  document.querySelectorAll("input[name=sector]").forEach((one) => one.addEventListener("change", show));
  addEventListener("pageshow", show);
})();

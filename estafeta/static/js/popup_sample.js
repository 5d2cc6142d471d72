// [data-popup-sample] shows a pop-up as the form beside it is filled in, before it is saved.
import { showPopup } from "./popup_card.js";
import { ring } from "./popup.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-popup-sample]");
  if (!button) return;
  const { popup_place: place, popup_sound: sound } = button.form.elements;
  document.getElementById("popups").dataset.popupPlace = place.value;
  showPopup({ avatar: { initials: "✓" }, title: button.dataset.popupSample, key: "sample" });
  if (sound.checked) ring();
});

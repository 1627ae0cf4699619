// Passkeys: a browser that has none is not offered them; a failure is said on the page.
const trouble = document.querySelector("[data-passkey-error]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "center" });
});

if (!window.PublicKeyCredential) {
  document.getElementById("passkey_login")?.setAttribute("hidden", "");
}

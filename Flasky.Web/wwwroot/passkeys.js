// Forms that ask the browser for a passkey before they are sent. Without this script they stay hidden.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  const error = form.querySelector(".error:not([id])");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    error.hidden = true;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (problem) {
      button.disabled = false;
      // The reader closed the dialogue, or the device has no passkey for this site.
      error.textContent = problem.name === "InvalidStateError"
        ? "This device has a passkey for your account already."
        : "That did not work. Please try again.";
      error.hidden = false;
    }
  });
}

async function ask(form) {
  const body = new URLSearchParams({ __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
  const response = await fetch(form.dataset.options, { method: "POST", body, redirect: "error" });
  if (!response.ok) throw new Error(`The options were refused: ${response.status}`);
  const options = await response.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

// The board and the table people live in: moved by mouse and by keyboard, seen on two screens, taken back.

import assert from "node:assert/strict";

import { stage } from "../support/stage.js";

stage("the tracker", { args: ["--demo"] }, ({ test }) => {
  /** Looks around as the demo person. */
  async function enter(someone) {
    await someone.open("/");
    await someone.page.getByRole("button", { name: "Look around as a demo user" }).click();
    await someone.page.waitForURL("**/today");
  }

  /** Drags by mouse, without scrolling between: the browser takes what is under the mouse when it begins to move. */
  async function drag(page, from, to) {
    const middle = async (place) => {
      const { x, y, width, height } = await place.boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const [start, end] = [await middle(from), await middle(to)];
    await page.mouse.move(...start);
    await page.mouse.down();
    await page.mouse.move(start[0] + 5, start[1] + 5, { steps: 3 });
    await page.mouse.move(...end, { steps: 10 });
    await page.mouse.up();
  }

  const column = (page, name) => page.locator(".column", { has: page.getByRole("heading", { name, exact: true }) });

  test("a card is dragged, moved by keyboard, and taken back, on two screens at once", async ({ person }) => {
    const [desk, other] = [await person("At the desk"), await person("On the sofa")];
    await enter(desk);
    await enter(other);
    await desk.open("/applications");
    await other.open("/applications");
    const { page } = desk;
    await desk.inspect("board");

    const card = column(page, "Applied").locator(".card-item").first();
    const id = await card.getAttribute("id");
    await drag(page, card, column(page, "Screening").getByRole("heading"));
    await page.getByText("Moved to Screening.").waitFor();
    await column(page, "Screening").locator(`#${id}:not(.held)`).waitFor();
    await column(other.page, "Screening").locator(`#${id}`).waitFor();

    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByText("Taken back.").waitFor();
    await column(page, "Applied").locator(`#${id}`).waitFor();
    await column(other.page, "Applied").locator(`#${id}`).waitFor();

    // By keyboard: Shift with an arrow moves it on, M opens the stages.
    await page.locator(`#${id} a`).focus();
    await desk.press("Shift+ArrowRight");
    await column(page, "Screening").locator(`#${id}`).waitFor();
    await page.locator(`#${id} a`).focus();
    await desk.press("m");
    const dialog = page.getByRole("dialog", { name: "Move to" });
    await dialog.waitFor();
    await desk.inspect("board-move");
    await dialog.getByRole("button", { name: "Offer", exact: true }).click();
    await column(page, "Offer").locator(`#${id}`).waitFor();
    await column(other.page, "Offer").locator(`#${id}`).waitFor();
  });

  test("several are chosen and moved as one", async ({ person }) => {
    const someone = await person();
    await enter(someone);
    const { page } = someone;
    await someone.open("/applications?view=table&sort=title");
    await someone.inspect("table");
    const boxes = page.locator(".tracker-table tbody input[type=checkbox]");
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByText("2 chosen").waitFor();
    await page.locator("#bulk-stage").selectOption({ label: "Withdrawn" });
    await page.getByText(/applications? moved to Withdrawn\./).waitFor();
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByText("Taken back.").waitFor();

    // Filters and shape are in the address, and are kept under a name.
    await someone.open("/applications?view=table&quiet=7&group=stage");
    await page.getByText("Views", { exact: true }).click();
    await page.getByLabel("Keep these filters as").fill("Quiet ones");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await someone.open("/applications");
    await page.getByText("Views", { exact: true }).click();
    await page.getByRole("link", { name: "Quiet ones" }).click();
    await page.waitForURL(/quiet=7/);
  });

  test("an application's page tells all there is", async ({ person }) => {
    const someone = await person();
    await enter(someone);
    const { page } = someone;
    await someone.open("/applications?view=table&stage=interview");
    await page.locator(".tracker-table th a[href^='/applications/']").first().click();
    await page.getByRole("heading", { name: "History" }).waitFor();
    await someone.inspect("application");
    await page.locator("select[name=stage]").last().selectOption({ label: "Offer" });
    await page.getByLabel("Note", { exact: true }).first().fill("They called");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("Moved.").waitFor();
    await page.locator(".timeline").getByText("They called").waitFor();
    // Opened anew, with more than one step in its history, it comes alive too, and a step is taken back by its own form.
    await page.reload();
    await someone.hydrated();
    const step = page.locator(".timeline > li").filter({ hasText: "They called" });
    await step.getByText("Correct", { exact: true }).click();
    await step.getByRole("button", { name: "Take back" }).click();
    await page.getByText("Taken back.").waitFor();
    await step.waitFor({ state: "detached" });
  });

  test("two offers are noted and held against each other", async ({ person }) => {
    const someone = await person();
    const { page } = someone;
    await enter(someone);
    await someone.open("/applications");
    const card = (n) => column(page, "Interview").locator(".card-item .item-title").nth(n);
    const [one, other] = [await card(0).getAttribute("href"), await card(1).getAttribute("href")];
    for (const [href, base, benefits] of [[one, "52000", "Travel card = 600"], [other, "54000", ""]]) {
      await someone.open(href);
      await page.getByText("Note an offer").click();
      await page.locator("#offer-base").fill(base);
      await page.locator("#offer-currency").fill("EUR");
      await page.locator("#offer-benefits").fill(benefits);
      await page.getByRole("button", { name: "Save the offer" }).click();
      await page.locator(".stage-badge", { hasText: "Offer" }).first().waitFor();
    }
    await someone.open("/applications/offers");
    const table = page.getByRole("region", { name: "Offers side by side" });
    const head = (href) => table.locator("thead th", { has: page.locator(`a[href="${href}"]`) });
    const at = async (href) => head(href).evaluate((cell) => [...cell.parentElement.children].indexOf(cell));
    const base = table.getByRole("row", { name: /^Base/ });
    const cell = (n) => base.locator("th, td").nth(n);
    await head(other).waitFor();
    assert.match(await cell(await at(one)).textContent(), /52,000/);
    assert.match(await cell(await at(other)).textContent(), /54,000/);
    assert.match(await table.textContent(), /Travel card/);
  });

  test("every page of the tracker can be read at each size", async ({ person }) => {
    const someone = await person();
    await enter(someone);
    for (const name of ["stages", "next", "tasks", "offers", "interviews", "people", "import", "export", "mail"]) {
      await someone.open(`/applications/${name}`);
      await someone.page.getByRole("heading", { level: 1 }).waitFor();
      await someone.inspect(`tracker-${name}`);
    }
  });
});

import { launch, openPage, axeViolations } from "/work/main/playground/web/tests/e2e/browser.mjs";
const base = process.argv[2]; const only = process.argv[3];
import "node:process";
const b = await launch();
for (const scheme of ["light","dark"]) for (const p of ["explore","alarms","systems"]) {
  if (only && only!==p) continue;
  const {page, complaints} = await openPage(b, base+"#/"+p, {colorScheme: scheme}); page.setDefaultTimeout(4000);
  page.on("console", m => m.type()==="error" && console.log("console", m.text()));
  await page.waitForTimeout(p==="explore"?4000:1500);
  if (p==="alarms") { await page.locator(".grid-space .grid-row").nth(3).click().catch(e=>console.log(String(e).slice(0,200))); await page.waitForTimeout(500);}
  if (p==="explore") { await page.getByRole("button",{name:/Execute/}).click().catch(e=>console.log(String(e).slice(0,200))); await page.waitForTimeout(1200);}
  await page.screenshot({path:`/tmp/shot-${p}-${scheme}.png`});
  console.log(p, scheme, complaints, (await axeViolations(page, [[".monaco-editor"]])).map(v=>v.slice(0,300)));
  await page.context().close();
}
await b.close();

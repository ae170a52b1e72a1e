/** Where the gateway answers, seen from the page. */

export function httpEndpoint(page: string = document.baseURI): string {
  return new URL("graphql", page.split("#")[0]).href;
}

export function socketEndpoint(page: string = document.baseURI): string {
  return httpEndpoint(page).replace(/^http/, "ws");
}

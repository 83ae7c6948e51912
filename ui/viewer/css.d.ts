/** Vite gives a style sheet as text where it is imported `?inline`. */
declare module "*.css?inline" {
  const css: string;
  export default css;
}

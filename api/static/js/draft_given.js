// Entering what a contributor gave: the grid by keyboard; it is sent by its button.
import { work } from "./draft_grid.js";

const form = document.getElementById("given");
work(form, JSON.parse(form.dataset.words), () => {});

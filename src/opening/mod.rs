//! Any file to an account: an events file as it is, a text by what is found in it.

package apierrors

const ErrorCodeOfTest ErrorCode = "of_a_test"
